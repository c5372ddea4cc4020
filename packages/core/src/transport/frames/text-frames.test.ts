import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Framer, TextPattern } from '../../model/provider.ts'
import { SseFramer } from './sse.ts'

const LIMIT = 10_000
const PATTERN: TextPattern = { type: 'text-delta', before: '{"id":"c-1","text":"', after: '","n":null}' }
const frame = (text: unknown, more: object = {}) => JSON.stringify({ id: 'c-1', text, n: null, ...more })
const event = (data: string) => `data: ${data}\n\n`

/** A framer that is told the pattern by its first frame, and what it tells in turn. */
function reader(pattern = PATTERN): { framer: Framer; told: string[] } {
  const told: string[] = []
  let learnt = false
  const framer: Framer = new SseFramer(LIMIT).begin({
    emit: ({ data }) => {
      told.push(`frame ${data}`)
      if (!learnt) framer.expect?.(pattern)
      learnt = true
    },
    text: (type, bytes, from, to) => told.push(`${type} ${bytes.toString('utf8', from, to)}`),
    fault: (message) => told.push(`fault ${message}`),
  })
  return { framer, told }
}

/** What is told of `chunks` after a first event of the pattern. */
function read(chunks: readonly string[], first = event(frame('one'))): string[] {
  const { framer, told } = reader()
  for (const chunk of [first, ...chunks]) framer.push(Buffer.from(chunk))
  framer.end()
  return told.slice(1)
}

describe('events that differ in their text alone', () => {
  it.each([
    ['plain', ' two', ' two'],
    ['beyond ASCII', '漢🚀é', '漢🚀é'],
    ['long', 'word '.repeat(100), 'word '.repeat(100)],
  ])('are read from their bytes: %s', (_, text, told) => {
    expect(read([event(frame(text))])).toEqual([`text-delta ${told}`])
  })

  it('are read in their place, several in one read too', () => {
    const chunk = [frame('a'), frame('b'), frame('c', { end: true }), frame('d')].map(event).join('')
    expect(read([chunk, event(frame('e'))])).toEqual([
      'text-delta a',
      'text-delta b',
      `frame ${frame('c', { end: true })}`,
      `frame ${frame('d')}`,
      'text-delta e',
    ])
  })

  it.each([
    ['no space after the colon', (data: string) => `data:${data}\n\n`],
    ['CRLF', (data: string) => `data: ${data}\r\n\r\n`],
    ['both', (data: string) => `data:${data}\r\n\r\n`],
  ])('are read as the server writes them: %s', (_, write) => {
    expect(read([write(frame('two'))], write(frame('one')))).toEqual(['text-delta two'])
  })

  it('keep their type', () => {
    const { framer, told } = reader({ ...PATTERN, type: 'reasoning-delta' })
    for (const text of ['one', 'two']) framer.push(Buffer.from(event(frame(text))))
    expect(told.at(-1)).toBe('reasoning-delta two')
  })

  it('are told as frames to a sink that takes no texts', () => {
    const frames: string[] = []
    const framer: Framer = new SseFramer(LIMIT).begin({
      emit: ({ data }) => {
        frames.push(data)
        framer.expect?.(PATTERN)
      },
      fault: () => undefined,
    })
    for (const text of ['one', 'two']) framer.push(Buffer.from(event(frame(text))))
    expect(frames).toEqual([frame('one'), frame('two')])
  })
})

describe('left to the parser is an event', () => {
  it.each([
    ['with an escape in its text', event(frame('a\n'))],
    ['with a quotation mark in its text', event(frame('"'))],
    ['with another field', event(frame('two', { usage: null }))],
    ['with another value elsewhere', event(frame('two').replace('c-1', 'c-2'))],
    ['without a text', event(frame(''))],
    ['with null for a text', event(frame(null))],
    ['with a field smuggled in', event(frame('two').replace('"two"', '"x","role":"y"'))],
    ['written in another way', `data:${frame('two')}\n\n`],
  ])('%s', (_, written) => {
    const data = written.slice(written.indexOf('{')).trimEnd()
    expect(read([written])).toEqual([`frame ${data}`])
  })

  it('that is named', () => {
    expect(read([`event: error\n${event(frame('two'))}`])).toEqual([`frame ${frame('two')}`])
  })

  it('whose beginning came in the read before', () => {
    const whole = event(frame('two'))
    expect(read([whole.slice(0, 30), whole.slice(30)])).toEqual([`frame ${frame('two')}`])
  })

  it('that continues one without a blank line', () => {
    expect(read(['data: [1,\n', event(frame('two'))])).toEqual([`frame [1,\n${frame('two')}`])
  })

  it('whose like was never seen on the wire', () => {
    const { framer, told } = reader({ ...PATTERN, before: '{"id":"c-9","text":"' })
    for (const text of ['one', 'two']) framer.push(Buffer.from(event(frame(text))))
    expect(told).toEqual([`frame ${frame('one')}`, `frame ${frame('two')}`])
  })
})

it('an answer says the same however it is cut, with a pattern and without', () => {
  const data = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => frame(text)) },
    fc.string({ maxLength: 4 }).map((text) => frame(text, { usage: 1 })),
    fc.constantFrom('[DONE]', '{', frame(null)),
  )
  const written = fc.oneof(
    { weight: 9, arbitrary: data.map(event) },
    data.map((text) => `event: x\ndata: ${text}\n\n`),
    fc.constantFrom(': ping\n\n', '\n', 'id: 7\n', 'data: 1\n'),
  )
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 })
  const said = (lines: readonly string[]) =>
    lines.map((line) => (line.startsWith('text-delta ') ? `frame ${frame(line.slice(11))}` : line))
  fc.assert(
    fc.property(fc.array(written, { maxLength: 20 }), lengths, (events, steps) => {
      const apart = read(events)
      const body = Buffer.from(events.join(''))
      const { framer, told } = reader()
      framer.push(Buffer.from(event(frame('one'))))
      for (let at = 0, step = 0; at < body.length; step += 1) {
        const length = steps[step % steps.length] ?? 1
        framer.push(body.subarray(at, (at += length)))
      }
      expect(said(told.slice(1))).toEqual(said(apart))
      const plain: string[] = []
      const parser = new SseFramer(LIMIT).begin({
        emit: (one) => plain.push(`frame ${one.data}`),
        fault: () => undefined,
      })
      parser.push(body)
      expect(said(apart)).toEqual(plain)
    }),
    { numRuns: 500 },
  )
})
