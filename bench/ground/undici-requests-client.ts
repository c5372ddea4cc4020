// The least an undici client can do with short answers: one Client per user, dispatched again and again,
// GET and POST in turns, bytes counted.
//
//   node undici-requests-client.ts URL USERS REQUESTS
import { Client, type Dispatcher } from 'undici'

const [, , address = '', users = '1', requests = '2'] = process.argv
const BODY = JSON.stringify({ name: 'Ada', wants: 'a short answer' })
const REQUESTS: readonly Dispatcher.DispatchOptions[] = [
  { method: 'GET', path: '/short' },
  { method: 'POST', path: '/short', headers: { 'content-type': 'application/json' }, body: BODY },
]
let bytes = 0
let left = Number(requests) / REQUESTS.length

function ask(client: Client, request: Dispatcher.DispatchOptions): Promise<void> {
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
    client.dispatch(request, handler)
  })
}

async function user(): Promise<void> {
  const client = new Client(address)
  while (left > 0) {
    left -= 1
    // oxlint-disable-next-line no-await-in-loop -- one answer after the other
    for (const request of REQUESTS) await ask(client, request)
  }
  await client.close()
}

await Promise.all(Array.from({ length: Number(users) }, user))
process.stdout.write(`${bytes}\n`)
