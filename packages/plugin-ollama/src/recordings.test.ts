import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call, Part } from 'loadbench/plugin'
import { decodeResponse, everySplit } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, STREAM } from './__fixtures__/feed.ts'
import { ollamaPlugin } from './plugin.ts'

interface Recorded {
  message?: { content: string }
  response?: string
  done: boolean
  done_reason?: string
  prompt_eval_count?: number
  eval_count?: number
  load_duration?: number
  prompt_eval_duration?: number
  eval_duration?: number
  total_duration?: number
}

const FIXTURES = join(import.meta.dirname, '__fixtures__')
const ALL = join(
  process.env['LOADBENCH_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings'),
  'ollama',
)

const fixtures = filesOf(FIXTURES)
const recordings = existsSync(ALL) ? filesOf(ALL) : []

describe.each(distinct([...fixtures, ...recordings]))('$name', ({ bytes }) => {
  holdsToTheNaiveReading(bytes)
})

if (existsSync(ALL)) {
  it('the complete set was found', () => {
    expect(recordings.length).toBeGreaterThanOrEqual(9)
  })
} else {
  const message = `the complete set of recordings is not at ${ALL}; LOADBENCH_RECORDINGS may name its place`
  console.warn(`SKIPPED: ${message}`)
  it.skip(message)
}

function holdsToTheNaiveReading(bytes: Buffer): void {
  const lines = bytes.toString('utf8').trim().split('\n')
  const objects = lines.map((line) => JSON.parse(line) as Recorded)
  const last = objects.at(-1)
  const call = objects[0]?.message === undefined ? COMPLETION : CHAT
  const parts = decoded(call, [bytes])

  it('decodes to the text it holds, and to its end', () => {
    const text = objects.map(({ message, response }) => message?.content ?? response ?? '').join('')
    expect(textOf(parts)).toBe(text)
    expect(text).not.toBe('')
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: last?.done_reason })
    expect(parts.filter(({ type }) => type === 'error')).toEqual([])
  })

  it('one part for each line with text', () => {
    const texts = objects.filter(({ message, response }) => (message?.content ?? response) !== '')
    expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(texts.length)
  })

  it('tells its tokens and durations', () => {
    const usage = parts.find((part) => part.type === 'usage')
    expect(usage?.inputTokens).toBe(last?.prompt_eval_count)
    expect(usage?.outputTokens).toBe(last?.eval_count)
    const timing = parts.find((part) => part.type === 'server-timing')
    const nanos = [timing?.load, timing?.prefill, timing?.decode, timing?.total].map((ms) => (ms ?? 0) * 1e6)
    const expected = [
      last?.load_duration,
      last?.prompt_eval_duration,
      last?.eval_duration,
      last?.total_duration,
    ]
    expect(nanos.map(Math.round)).toEqual(expected)
  })

  it('warns where the model was loaded, which took over a second each time', () => {
    const warned = parts.some((part) => part.type === 'warning')
    expect(warned).toBe((last?.load_duration ?? 0) > 1e9)
  })

  it('is the same however it is cut', () => {
    for (const chunks of everySplit(bytes)) {
      const cut = decoded(call, chunks)
      // Deep comparison of thousands of readings would take long; their JSON is as telling.
      if (JSON.stringify(cut) !== JSON.stringify(parts)) expect(cut).toEqual(parts)
    }
  })

  it('broken off at any byte of its last line or before, it has not finished', () => {
    const whole = bytes.toString('utf8').trimEnd().length
    for (let end = 0; end < whole; end += 1) {
      const finished = decoded(call, [bytes.subarray(0, end)]).some(({ type }) => type === 'finish')
      if (finished) expect.fail(`after ${end} of ${whole} bytes it has finished`)
    }
    expect(decoded(call, [bytes.subarray(0, whole)])).toEqual(parts)
  })
}

function decoded(call: Call, chunks: Iterable<Uint8Array>): readonly Part[] {
  const { parts, faults } = decodeResponse(ollamaPlugin(), STREAM, chunks, call)
  expect(faults).toEqual([])
  return parts
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
}

function filesOf(folder: string): { name: string; bytes: Buffer }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))
}

/** Several cassettes hold the same answer. */
function distinct(files: readonly { name: string; bytes: Buffer }[]): { name: string; bytes: Buffer }[] {
  return files.filter(({ bytes }, place) => files.findIndex((other) => other.bytes.equals(bytes)) === place)
}
