import * as fc from 'fast-check'
import type { Part, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, chunk, details, GENERATE, last, STREAM, WHOLE } from '../__fixtures__/wire.ts'
import { tgiPlugin } from '../plugin.ts'

const TIMED: ResponseHead = { status: 200, headers: { ...WHOLE.headers, 'x-total-time': '5' } }
const circumstances = fc.record({
  head: fc.constantFrom(STREAM, WHOLE, TIMED, { status: 422, headers: {} }, { status: 302, headers: {} }),
  call: fc.constantFrom(GENERATE, CHAT),
})

/** Valid frames that between them use every field that is read. */
const VALID: readonly object[] = [
  { ...last(1, 'Hi', 'Hi', details('length', 1, 1)), top_tokens: [{ text: 'Yo' }] },
  { generated_text: 'Hi', details: { finish_reason: 'length', generated_tokens: 1, tokens: [] } },
  { error: 'Model is overloaded', error_type: 'overloaded' },
  { error: { message: 'Input validation error: x', http_status_code: 422 } },
  chunk({ content: 'Hi' }, { finish_reason: 'stop_sequence' }),
]

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, [], {}, '', 0, -1, 1e308, true, 'error', 'constructor', { toString: 1 }),
)

/** A valid frame with another value in one place, at any depth. */
const mutated = fc
  .constantFrom(...VALID)
  .chain((value) => fc.tuple(fc.constant(value), fc.constantFrom(...pathsIn(value)), anything))
  .map(([value, path, other]) => JSON.stringify(replaced(value, path, other)) ?? 'null')

function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other
  if (typeof value !== 'object' || value === null) return value
  const inner = replaced((value as Record<string, unknown>)[key], rest, other)
  if (!Array.isArray(value)) return { ...value, [key]: inner }
  return value.map((element: unknown, index) => (String(index) === key ? inner : element))
}

function expectSound(parts: readonly Part[]): void {
  for (const part of parts) {
    if (part.type === 'text-delta') expect(part.text !== '' || part.tokens === 1).toBe(true)
    else if (part.type === 'finish') expect(part.reason).not.toBe('')
    else if (part.type === 'error') {
      expect(part.message).toEqual(expect.any(String))
      expect(['string', 'undefined']).toContain(typeof part.code)
    } else if (part.type === 'usage' || part.type === 'server-timing') {
      const { type: _type, ...amounts } = part
      expect(Object.keys(amounts)).not.toEqual([])
      for (const amount of Object.values(amounts)) expect(amount).toBeGreaterThanOrEqual(0)
    }
  }
}

describe('whatever a server sends, the decoder gives sound parts and never throws', () => {
  it.each<[string, fc.Arbitrary<string>]>([
    ['any text', fc.string({ unit: 'binary' })],
    ['any JSON', fc.json()],
    ['valid frames with something else in them', mutated],
    [
      'valid frames cut anywhere',
      fc.tuple(mutated, fc.nat(400)).map(([text, length]) => text.slice(0, length)),
    ],
  ])('%s', (_, frame) => {
    fc.assert(
      fc.property(
        circumstances,
        fc.array(frame, { minLength: 1, maxLength: 3 }),
        ({ head, call }, frames) => {
          const decode = tgiPlugin().decoder(head, call)
          for (const data of frames) expectSound(decode({ data }))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('JSON nested deeper than the stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const head of [STREAM, WHOLE]) {
      const decode = tgiPlugin().decoder(head, GENERATE)
      for (const data of [
        deep,
        `{"error":${deep}}`,
        `{"token":${deep}}`,
        `{"generated_text":"","details":${deep}}`,
      ])
        expectSound(decode({ data }))
    }
  })
})
