import fc from 'fast-check'
import type { Call, Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { chatWith, STREAM, WHOLE } from './__fixtures__/recorded.ts'
import { FAMILY_NAMES } from './invoke/family-name.ts'
import { bedrockPlugin } from './plugin.ts'

/** Whatever JSON an AWS server or a model might send, under the names that mean something. */
const NAMES = `contentBlockIndex start delta toolUse toolUseId name input text usage metrics reasoningContent
  reasoningText stopReason output message content inputTokens totalTokens type index content_block partial_json
  stop_reason error outputText completionReason generation generations outputs choices is_finished finish_reason
  tool_calls function contentBlockStart contentBlockDelta messageStop metadata results embedding embeddings
  amazon-bedrock-invocationMetrics amazon-bedrock-guardrailAction inputTokenCount tokens arguments`.split(
  /\s+/,
)
/** Values that mean something. */
const WORDS = `content_block_delta content_block_start message_start message_delta message_stop error
  tool-call-start tool-call-delta content-delta message-end tool_use INTERVENED <reas`.split(/\s+/)

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(fc.constantFrom(null, true, -1, 0, 1.5, 1e300, '', ...WORDS), fc.string(), fc.integer()),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 6 }),
  ),
}))
const objects = fc.array(
  fc.dictionary(fc.constantFrom(...NAMES), json, { maxKeys: 8 }).map((object) => ({ ...object })),
  { maxLength: 6 },
)
const eventNames = fc.constantFrom(
  'contentBlockStart',
  'contentBlockDelta',
  'messageStop',
  'metadata',
  'chunk',
  '',
)

/** What core relies on in a part. */
function expectValid(part: Part): void {
  for (const value of Object.values(part)) {
    if (typeof value === 'number') expect(Number.isFinite(value) && value >= 0).toBe(true)
    expect(value).not.toBeUndefined()
  }
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') expect(part.text).toMatch(/[^]/)
  if (part.type === 'tool-delta') expect(typeof part.arguments).toBe('string')
  if (part.type === 'finish') expect(part.reason).toMatch(/[^]/)
  if (part.type === 'error' || part.type === 'warning') expect(part.message).toMatch(/[^]/)
}

const embedding: Call = { kind: 'embedding', model: 'm', input: 'Hi' }

describe('whatever JSON comes, nothing is thrown and every part is sound', () => {
  it('by Converse', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(eventNames, json), { maxLength: 8 }), (events) => {
        const decode = bedrockPlugin().decoder(STREAM, chatWith('m'))
        for (const [event, payload] of events) {
          const frame = { event, data: JSON.stringify(payload), headers: { ':message-type': 'event' } }
          decode(frame).forEach(expectValid)
        }
        const whole = bedrockPlugin().decoder(WHOLE, chatWith('m'))
        for (const [, payload] of events) whole({ data: JSON.stringify(payload) }).forEach(expectValid)
      }),
      { numRuns: 500 },
    )
  })

  it.each(FAMILY_NAMES)('by InvokeModel of %s', (family) => {
    const plugin = bedrockPlugin({ api: 'invoke', family })
    fc.assert(
      fc.property(objects, (chunks) => {
        const decode = plugin.decoder(STREAM, chatWith('m'))
        for (const chunk of chunks) {
          const bytes = Buffer.from(JSON.stringify(chunk)).toString('base64')
          decode({ event: 'chunk', data: JSON.stringify({ bytes }) }).forEach(expectValid)
        }
        const finishes = chunks.flatMap((chunk) =>
          [chatWith('m'), embedding].flatMap((call) => [
            ...plugin.decoder(WHOLE, call)({ data: JSON.stringify(chunk) }),
          ]),
        )
        finishes.forEach(expectValid)
      }),
      { numRuns: 200 },
    )
  })
})
