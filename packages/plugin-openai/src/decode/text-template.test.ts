import * as fc from 'fast-check'
import type { Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, STREAM } from '../__fixtures__/feed.ts'
import { openaiPlugin } from '../plugin.ts'
import { TextTemplate } from './text-template.ts'

const frame = (content: unknown, more: object = {}) =>
  JSON.stringify({
    id: 'c-1',
    model: 'm',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    ...more,
  })
const text = (said: string): readonly Part[] => [{ type: 'text-delta', text: said }]

function learnt(content = ' one'): TextTemplate {
  const template = new TextTemplate()
  template.learn(frame(content), text(content))
  return template
}

describe('the template of an answer’s frames', () => {
  it('reads the text of a frame that differs in nothing else', () => {
    expect(learnt().read(frame(' two'))).toEqual({ type: 'text-delta', text: ' two' })
    expect(learnt().read(frame('漢🚀'))).toEqual({ type: 'text-delta', text: '漢🚀' })
  })

  it('keeps the kind of the text', () => {
    const template = new TextTemplate()
    template.learn('{"reasoning":"hm"}', [{ type: 'reasoning-delta', text: 'hm' }])
    expect(template.read('{"reasoning":"so"}')).toEqual({ type: 'reasoning-delta', text: 'so' })
  })

  it.each([
    ['an escape in the text', frame('a\n')],
    ['a quotation mark in the text', frame('"')],
    ['another field', frame(' two', { usage: null })],
    ['another value elsewhere', frame(' two').replace('c-1', 'c-2')],
    ['no text', frame('')],
    ['null in its place', frame(null)],
    ['a long text, which would hold on to its frame', frame(' a text of many words')],
    ['a field smuggled in', frame(' two').replace('" two"', '"x","role":"y"')],
    ['only its beginning', frame(' two').slice(0, 40)],
  ])('leaves a frame to the parser: %s', (_, data) => {
    expect(learnt().read(data)).toBeUndefined()
  })

  it.each([
    ['the text stands twice', frame(' one', { user: ' one' }), text(' one')],
    ['the text could be written in several ways', frame('/'), text('/')],
    [
      'it held more than a text',
      frame(' one'),
      [...text(' one'), { type: 'finish', reason: 'stop' } as const],
    ],
    ['its tokens were counted', frame(' one'), [{ type: 'text-delta', text: ' one', tokens: 1 } as const]],
  ])('learns nothing from a frame where %s', (_, data, parts) => {
    const template = new TextTemplate()
    template.learn(data, parts)
    expect(template.read(data)).toBeUndefined()
  })
})

describe('an answer read with it', () => {
  const words = fc.constantFrom(
    ' one',
    'two',
    ' one',
    'index',
    'c-1',
    '\n',
    '"',
    '\\',
    'é',
    '',
    'a longer piece of text',
  )
  const frames = fc.oneof(
    { weight: 6, arbitrary: words.map((word) => frame(word)) },
    words.map((word) => frame(word, { usage: { completion_tokens: 3 } })),
    words.map((word) => frame(word, { model: word })),
    words.map((word) => JSON.stringify({ choices: [{ index: 0, delta: { reasoning: word } }] })),
    fc.constant(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })),
    fc.constantFrom('{', '[]', '{"error":{"message":"no"}}'),
  )

  it('is the same as one whose every frame is parsed', () => {
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 30 }), (list) => {
        const decode = openaiPlugin().decoder(STREAM, CHAT)
        const parsed = openaiPlugin().decoder(STREAM, CHAT)
        // White space before an object means nothing to a parser; no two frames begin alike with it.
        const padded = list.map((data, index) => `${' '.repeat(index + 1)}${data}`)
        const told = list.map((data) => decode({ data }).filter(({ type }) => type !== 'error'))
        const expected = padded.map((data) => parsed({ data }).filter(({ type }) => type !== 'error'))
        expect(told).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})
