import * as fc from 'fast-check'
import type { ErrorClass, Part, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, STREAM, WHOLE } from '../__fixtures__/feed.ts'
import { openaiPlugin } from '../plugin.ts'

const HEADS: ResponseHead[] = [STREAM, WHOLE, { status: 302, headers: {} }, { status: 400, headers: {} }]
const circumstances = fc.record({
  head: fc.constantFrom(...HEADS),
  call: fc.constantFrom(CHAT, COMPLETION, { ...CHAT, n: 3 }),
  event: fc.constantFrom(undefined, 'error', 'message'),
})
const CLASSES: (ErrorClass | undefined)[] = [
  undefined,
  'malformed',
  'stream_error',
  'content_filter',
  'model_not_found',
  'context_length',
  'rate_limited',
  'auth',
  'overloaded',
]

/** Valid frames that between them use every field the decoder reads. */
const VALID: unknown[] = [
  {
    choices: [
      {
        index: 0,
        delta: {
          role: 'assistant',
          content: 'Hi',
          reasoning: 'hm',
          reasoning_content: 'hm',
          refusal: 'no',
          token_ids: [1],
          function_call: { name: 'f', arguments: '{}' },
          tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        text: 'Hi',
        token_ids: [1, 2],
        logprobs: { content: [{}], refusal: [], tokens: ['Hi'] },
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: 1,
      completion_tokens: 2,
      total_tokens: 6,
      reasoning_tokens: 3,
      prompt_cache_hit_tokens: 1,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens_details: { reasoning_tokens: 3 },
      queue_time: 0.1,
      total_time: 0.2,
    },
    x_groq: { usage: { prompt_tokens: 1 } },
    metrics: { queue_time_ms: 1, time_to_first_token_ms: 2, generation_time_ms: 3 },
  },
  {
    choices: [
      {
        index: 0,
        message: {
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
            { type: 'text', text: 'Hi' },
          ],
        },
      },
    ],
  },
  { error: { message: 'bad', type: 'model_not_found', code: 404, param: null } },
  { object: 'error', type: 'error', message: 'overloaded', code: 'x', error_type: 'y' },
  { detail: [{ loc: ['body', 0], msg: 'missing', type: 'x' }] },
  { detail: { message: 'bad' } },
]

/** A value with one place in it, at any depth, replaced by anything. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(value)
  return fc
    .tuple(fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 3 }))
    .map(([changes]) => changes.reduce((changed, [path, other]) => replaced(changed, path, other), value))
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    '',
    0,
    -1,
    1e308,
    true,
    [null],
    [[]],
    'stop',
    'abort',
    'content_filter',
  ),
  // Names of every object's prototype, and an object that cannot become a primitive.
  fc.constantFrom<unknown>('constructor', '__proto__', { toString: 1, valueOf: 1 }),
)

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
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        expect(part.text !== '' || (part.tokens ?? 0) > 0).toBe(true)
        break
      case 'tool-delta':
        expect([typeof part.index, typeof part.arguments]).toEqual(['number', 'string'])
        expect([part.id, part.name]).not.toContain('')
        break
      case 'usage':
      case 'server-timing':
        for (const [name, amount] of Object.entries(part)) {
          if (name !== 'type') expect(amount).toBeGreaterThanOrEqual(0)
        }
        break
      case 'finish':
        expect(part.reason).toMatch(/[^]/)
        break
      case 'error':
        expect(typeof part.message).toBe('string')
        expect(CLASSES).toContain(part.class)
        expect(['string', 'undefined']).toContain(typeof part.code)
        break
    }
  }
}

describe('whatever a server sends, the decoder gives sound parts and never throws', () => {
  const frames: [string, fc.Arbitrary<string>][] = [
    ['any text', fc.string({ unit: 'binary' })],
    ['any JSON', fc.json()],
    [
      'valid frames with something else in them',
      fc
        .constantFrom(...VALID)
        .chain(mutated)
        .map((value) => JSON.stringify(value)),
    ],
    [
      'valid frames cut anywhere',
      fc
        .tuple(fc.constantFrom(...VALID), fc.nat(900))
        .map(([value, length]) => JSON.stringify(value).slice(0, length)),
    ],
  ]

  it.each(frames)('%s', (_, frame) => {
    fc.assert(
      fc.property(
        circumstances,
        fc.array(frame, { minLength: 1, maxLength: 4 }),
        ({ head, call, event }, all) => {
          const decode = openaiPlugin().decoder(head, call)
          for (const data of all) expectSound(decode({ data, event }))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('JSON nested deeper than the stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const nested = [
      deep,
      `{"error":${deep}}`,
      `{"error":{"message":{"a":${deep}}}}`,
      `{"detail":[${deep}]}`,
      `{"detail":[{"msg":"x","loc":${deep}}]}`,
      `{"choices":[{"delta":{"content":${deep},"tool_calls":[{"function":{"arguments":{"a":${deep}}}}]}}]}`,
    ]
    for (const head of HEADS) {
      const decode = openaiPlugin().decoder(head, CHAT)
      for (const data of nested) expectSound(decode({ data }))
    }
  })

  it('valid frames are sound without any change', () => {
    const decode = openaiPlugin().decoder(STREAM, CHAT)
    for (const value of VALID) {
      const parts = decode({ data: JSON.stringify(value) })
      expect(parts).not.toEqual([])
      expectSound(parts)
    }
  })
})

function end(index: number): { data: string } {
  return { data: JSON.stringify({ choices: [{ index, finish_reason: 'stop' }] }) }
}

describe('two responses share nothing', () => {
  it('a decoder knows only its own', () => {
    const plugin = openaiPlugin()
    const [first, second] = [
      plugin.decoder(STREAM, { ...CHAT, n: 2 }),
      plugin.decoder(STREAM, { ...CHAT, n: 2 }),
    ]
    expect([...first(end(0)), ...second(end(1))]).toEqual([])
    expect(first(end(1))).toEqual([{ type: 'finish', reason: 'stop' }])
  })
})
