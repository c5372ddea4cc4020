import assert from 'node:assert/strict'
import { seeded, type Random } from '../model/random.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { BODY_LIMIT } from '../transport/frames/framer.ts'
import { decode } from './reading.ts'
import { allAnswers, bytesOf, recordingOf, type Recording } from './recorded.ts'
import { trial, type Subject, type Trial } from './trial.ts'
import { partProblem } from './valid-part.ts'

/** Damaged copies of each answer. */
const COPIES = 200
/** Bytes of damaged copies decoded in one test, at most. */
const MOST_BYTES = 8_000_000
const CHUNK = 64 * 1024

/** Whatever a server sends, a plugin neither throws nor grows without end. */
export function hostileTrials({ plugin, answers }: Subject): Trial[] {
  return [
    ...allAnswers(answers).map(([name, answer]) =>
      trial(`decode: ${name}, damaged and cut at random, throws nothing and reads the same`, () =>
        survivesDamage(plugin, recordingOf(answer, answers)),
      ),
    ),
    trial('decode: an empty body throws nothing, and is no good answer', () => {
      for (const [name, answer] of allAnswers(answers)) {
        assert.ok(
          decode(plugin, recordingOf(answer, answers), []).error,
          `${name} without a body passes for good`,
        )
      }
    }),
    trial('decode: a frame that never ends is given up as malformed', () => {
      const { begin, more, headers } = answers.endless
      const recording = recordingOf({ body: begin, ...(headers === undefined ? {} : { headers }) }, answers)
      const { error } = decode(plugin, recording, endless(recording.body, bytesOf(more)))
      assert.equal(error?.class, 'malformed', `after ${BODY_LIMIT} bytes it is ${error?.class ?? 'good'}`)
    }),
  ]
}

function survivesDamage(plugin: ProviderPlugin, recording: Recording): void {
  const random = seeded(recording.body.length)
  const copies = Math.min(COPIES, Math.ceil(MOST_BYTES / (recording.body.length + 1)))
  for (let copy = 0; copy < copies; copy += 1) {
    const body = damaged(recording.body, random)
    const { parts } = decode(plugin, recording, [body])
    const from = `from ${Buffer.from(body).toString('utf8').slice(0, 500)}`
    for (const part of parts) assert.equal(partProblem(part), undefined, from)
    assert.deepEqual(decode(plugin, recording, pieces(body, random)).parts, parts, from)
  }
}

/** `body` as a network may cut it. */
function pieces(body: Uint8Array, random: Random): Uint8Array[] {
  const cuts = Array.from({ length: 3 }, () => Math.floor(random() * (body.length + 1)))
  const places = [0, ...cuts.toSorted((a, b) => a - b), body.length]
  return places.slice(1).map((place, at) => body.subarray(places[at], place))
}

/** A few bytes changed, a piece taken out or sent twice. */
function damaged(body: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(body)
  const place = () => Math.floor(random() * copy.length)
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1)
    copy[place()] = Math.floor(random() * 256)
  const [from = 0, to = 0] = [place(), place()].toSorted((a, b) => a - b)
  const kind = random()
  if (kind < 0.5) return copy
  return Buffer.concat(
    kind < 0.75 ? [copy.subarray(0, from), copy.subarray(to)] : [copy.subarray(0, to), copy.subarray(from)],
  )
}

/** `begin`, then `more` in the sizes a socket reads, until every limit there is has been passed. */
function* endless(begin: Uint8Array, more: Uint8Array): Generator<Uint8Array> {
  yield begin
  const chunk = repeated(more)
  for (let size = 0; size <= BODY_LIMIT; size += chunk.length) yield chunk
}

/** `more` so often that it is as long as what a socket reads at once. */
export function repeated(more: Uint8Array): Uint8Array {
  assert.ok(more.length > 0, '`endless.more` is empty')
  return Buffer.concat(Array.from({ length: Math.ceil(CHUNK / more.length) }, () => more))
}
