// The least a client can do: one socket per stream, each read stamped, nothing parsed until the load is
// over. What it sees late, no client on this machine sees in time.
//
//   node floor-client.ts URL STREAMS SECONDS ANSWER_MS [quiet]
//
// Prints one JSON line per answer: { id, startedAt, tokens: [stamp of each] }, on the machine's monotonic clock.
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { performance } from 'node:perf_hooks'

const [, , address = '', streams = '1', seconds = '1', answerMs = '1000'] = process.argv
const { hostname, port } = new URL(address)
const toSharedClock = Number(process.hrtime.bigint()) / 1e6 - performance.now()
const now = () => performance.now() + toSharedClock

interface Answer {
  readonly id: string
  readonly startedAt: number
  readonly stamps: number[]
  readonly reads: Buffer[]
}

const BODY = JSON.stringify({
  model: 'sim-8b',
  stream: true,
  messages: [{ role: 'user', content: 'Count.' }],
})
const END = Buffer.from('\r\n0\r\n\r\n')
const answers: Answer[] = []

function requestOf(id: string): string {
  return (
    `POST /v1/chat/completions HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n` +
    `x-sim-id: ${id}\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`
  )
}

/** Asks again and again on one socket until the time is over. */
function stream(index: number, until: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = 0
    let answer: Answer
    let tail: Buffer = Buffer.alloc(0)
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const ask = () => {
      answer = { id: `f-${index}-${(asked += 1)}`, startedAt: now(), stamps: [], reads: [] }
      socket.write(requestOf(answer.id))
    }
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (read: Buffer) => {
      answer.stamps.push(now())
      answer.reads.push(read)
      // Rarely the end is cut in two.
      tail = read.length >= END.length ? read : Buffer.concat([tail, read])
      if (!tail.subarray(-END.length).equals(END)) return
      answers.push(answer)
      if (performance.now() < until) ask()
      else socket.end()
    })
  })
}

/** When each token came: that of the read that held the end of its event. */
function tokensOf({ stamps, reads }: Answer): number[] {
  const text = Buffer.concat(reads).toString('latin1')
  const tokens: number[] = []
  let read = 0
  let readEnd = reads[0]?.length ?? 0
  for (const { index, 0: found } of text.matchAll(/"delta":\{"content":"(?!")[^\n]*\n\n/g)) {
    while (index + found.length > readEnd) readEnd += reads[(read += 1)]?.length ?? Infinity
    tokens.push(stamps[read] ?? Number.NaN)
  }
  return tokens
}

const count = Number(streams)
const begun = performance.now()
const until = begun + Number(seconds) * 1_000
const open: Promise<void>[] = []
for (let index = 0; index < count; index += 1) {
  const due = begun + (index / count) * Number(answerMs)
  // oxlint-disable-next-line no-await-in-loop -- streams begin one after the other
  if (due > performance.now()) await sleep(due - performance.now())
  open.push(stream(index, until))
}
await Promise.all(open)
if (process.argv[6] !== 'quiet') {
  for (const answer of answers) {
    const { id, startedAt } = answer
    process.stdout.write(`${JSON.stringify({ id, startedAt, tokens: tokensOf(answer) })}\n`)
  }
}
