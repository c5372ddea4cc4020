import * as fc from 'fast-check'
import type { Call, ErrorClass, Part, ResponseHead } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, STREAM, WHOLE } from '../__fixtures__/feed.ts'
import { bodyOf, fixturesWith } from '../__fixtures__/recordings.ts'
import { openaiPlugin, openaiResponsesPlugin } from '../plugin.ts'

const EMBEDDING: Call = { kind: 'embedding', model: 'm', input: 'Hi' }
const HEADS: ResponseHead[] = [STREAM, WHOLE, { status: 302, headers: {} }, { status: 400, headers: {} }]
const circumstances = fc.record({
  head: fc.constantFrom(...HEADS),
  plugin: fc.constantFrom(openaiPlugin(), openaiResponsesPlugin()),
  call: fc.constantFrom<Call[]>(CHAT, COMPLETION, { ...CHAT, n: 3 }, EMBEDDING),
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

const ITEM = { type: 'function_call', call_id: 'c', id: 'i', name: 'f', arguments: '{}' }
const RESPONSE_EVENTS: unknown[] = [
  { type: 'response.output_text.delta', output_index: 0, delta: 'Hi', logprobs: [{}] },
  { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{' },
  { type: 'response.output_item.added', output_index: 1, item: ITEM },
  { type: 'response.output_item.done', output_index: 2, item: ITEM },
  {
    type: 'response.incomplete',
    response: {
      output: [{ type: 'message', content: [{ text: 'Hi' }] }, ITEM],
      incomplete_details: { reason: 'content_filter' },
      usage: { input_tokens: 1, output_tokens: 2, output_tokens_details: { reasoning_tokens: 1 } },
    },
  },
  { status: 'completed', output: [{ type: 'reasoning', summary: [{ text: 'hm' }] }, ITEM], usage: {} },
  { type: 'response.failed', response: { error: { code: 'x', message: 'y' } } },
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
  { object: 'list', data: [{ index: 0, embedding: [0.5, 1] }], usage: { prompt_tokens: 3, total_tokens: 3 } },
  { data: [{ index: 0, embedding: 'AACAPw==' }] },
  ...RESPONSE_EVENTS,
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
      case 'embedding':
        expect([Number.isInteger(part.index), part.vector.length > 0]).toEqual([true, true])
        break
      case 'warning':
        expect(part.code).toMatch(/^[a-z-]+$/)
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
        ({ head, plugin, call, event }, all) => {
          const decode = plugin.decoder(head, call)
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
    const readers = [
      openaiPlugin().decoder(STREAM, CHAT),
      openaiPlugin().decoder(WHOLE, EMBEDDING),
      openaiResponsesPlugin().decoder(STREAM, CHAT),
      openaiResponsesPlugin().decoder(WHOLE, CHAT),
    ]
    for (const value of VALID) {
      const data = JSON.stringify(value)
      const parts = readers.flatMap((decode) => decode({ data })).filter(isNotMalformed)
      expect(parts).not.toEqual([])
      expectSound(parts)
    }
  })

  it('recordings with bytes changed, cut anywhere, hold no more than they did', () => {
    const bodies = fixturesWith(/"(chat\.completion\.chunk|response\.created)"/).map(({ file }) =>
      bodyOf(file),
    )
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 })
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        changes,
        fc.array(fc.nat()),
        circumstances,
        (body, flips, cuts, { plugin }) => {
          const damaged = Buffer.from(body)
          for (const [at, byte] of flips) damaged[at % body.length] = byte
          const { parts } = decodeResponse(plugin, STREAM, cutAt(damaged, cuts), CHAT)
          expectSound(parts)
          expect(parts.length).toBeLessThan(body.length / 10)
        },
      ),
      { numRuns: 200 },
    )
  })
})

function isNotMalformed(part: Part): boolean {
  return part.type !== 'error' || part.class !== 'malformed'
}

function cutAt(body: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % body.length).toSorted((a, b) => a - b), body.length]
  return places.slice(1).map((place, index) => body.subarray(places[index], place))
}

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
