// The least an undici client can do: one Client per stream, dispatched again and again, bytes counted.
//
//   node undici-client.ts URL STREAMS SECONDS ANSWER_MS
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Dispatcher } from 'undici'

const [, , address = '', streams = '1', seconds = '1', answerMs = '1000'] = process.argv
const BODY = JSON.stringify({
  model: 'sim-8b',
  stream: true,
  messages: [{ role: 'user', content: 'Count.' }],
})
let bytes = 0

function ask(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData(_, chunk) {
        bytes += chunk.length
      },
      onResponseEnd: () => resolve(),
      onResponseError: (_, error) => reject(error),
    }
    const headers = { 'content-type': 'application/json' }
    client.dispatch({ method: 'POST', path: '/v1/chat/completions', headers, body: BODY }, handler)
  })
}

async function stream(until: number): Promise<void> {
  const client = new Client(address)
  // oxlint-disable-next-line no-await-in-loop -- one answer after the other
  do await ask(client)
  while (performance.now() < until)
  await client.close()
}

const begun = performance.now()
const until = begun + Number(seconds) * 1_000
const open: Promise<void>[] = []
for (let index = 0; index < Number(streams); index += 1) {
  const due = begun + (index / Number(streams)) * Number(answerMs)
  // oxlint-disable-next-line no-await-in-loop -- streams begin one after the other
  if (due > performance.now()) await sleep(due - performance.now())
  open.push(stream(until))
}
await Promise.all(open)
process.stdout.write(`${bytes}\n`)
