// What it costs to sign a request for AWS, at steady state: keys found, signing key derived.
//
//   pnpm bench signing
//
// Each figure is that of the fastest of several rounds: what other programs take away is no cost of ours.
// Signing comes before an exchange's clock starts, but on the thread that measures.
import { createHash } from 'node:crypto'
import { arch, cpus, platform } from 'node:os'
import type { HttpRequest } from '../packages/core/src/plugin.ts'
import { signer } from '../packages/plugin-bedrock/src/signing/sign.ts'

const ROUNDS = 60
const CALLS = 500
const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'SECRET', sessionToken: 'T'.repeat(800) }
const TARGET = new URL('https://bedrock-runtime.us-east-1.amazonaws.com')
const REAL = { simulated: false }

function request(bodyLength: number): HttpRequest {
  return {
    method: 'POST',
    path: '/model/us.amazon.nova-pro-v1%3A0/converse-stream',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
    body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'x'.repeat(bodyLength) }] }] }),
  }
}

/** Time one call of `work` takes, µs: the fastest round, and the median one. */
async function micros(work: () => unknown): Promise<{ fastest: number; median: number }> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    // One after the other, as a VU signs them.
    for (let call = 0; call < CALLS; call += 1) await work()
    rounds.push(((performance.now() - start) * 1_000) / CALLS)
  }
  rounds.sort((a, b) => a - b)
  return { fastest: Number(rounds[0]?.toFixed(1)), median: Number(rounds[ROUNDS / 2]?.toFixed(1)) }
}

const sign = signer({ credentials: KEYS }, 'bedrock')
const bearer = signer({ bearerToken: 'key' }, 'bedrock')
const begun = performance.now()
await sign(request(10), TARGET, REAL)
const first = performance.now() - begun

const rows: Record<string, { fastest: number; median: number }> = {}
for (const [size, bytes] of [
  ['2 kB', 2_000],
  ['100 kB', 100_000],
] as const) {
  const one = request(bytes)
  rows[`signature, body of ${size}`] = await micros(() => sign(one, TARGET, REAL))
  rows[`hash of a body of ${size}`] = await micros(() =>
    createHash('sha256')
      .update(one.body ?? '')
      .digest('hex'),
  )
}
const keyed = request(2_000)
rows['Bedrock API key'] = await micros(() => bearer(keyed, TARGET, REAL))

console.log(`Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model}`)
console.log(`the first signature, the signer loaded with it: ${first.toFixed(0)} ms`)
console.log('µs a request')
console.table(rows)
