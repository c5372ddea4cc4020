import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Frame, Framing } from '../../model/provider.ts'
import { FRAME_LIMIT, framerFor, release } from './framer.ts'
import { ndjsonFramer } from './ndjson.ts'
import { SseFramer } from './sse.ts'

function frames(
  framing: Framing,
  chunks: readonly Uint8Array[],
): { data: string[]; events: unknown[]; faults: string[] } {
  const found: Frame[] = []
  const faults: string[] = []
  const framer = framerFor(framing, {
    emit: (frame) => found.push(frame),
    fault: (message) => faults.push(message),
  })
  for (const chunk of chunks) framer.push(chunk)
  framer.end()
  return { data: found.map(({ data }) => data), events: found.map(({ event }) => event), faults }
}

const bytes = (text: string) => Buffer.from(text, 'utf8')

/** Every way to cut `whole` once, and one byte at a time. */
function* splits(whole: Uint8Array): Generator<Uint8Array[]> {
  for (let at = 0; at <= whole.length; at += 1) yield [whole.subarray(0, at), whole.subarray(at)]
  yield Array.from(whole, (byte) => Uint8Array.of(byte))
}

describe('server-sent events', () => {
  it.each([
    ['LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['mixed line ends', 'data: a\r\n\ndata: b\n\r\n', ['a', 'b']],
    ['no space after the colon', 'data:{"x":1}\n\n', ['{"x":1}']],
    ['several data lines', 'data: a\ndata: b\n\n', ['a\nb']],
    ['comments between and inside', ': keep-alive\n\n:\ndata: a\n: x\n\n', ['a']],
    ['id, retry and unknown fields', 'id: 1\nretry: 5\nfoo: bar\ndata: a\n\n', ['a']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['an event without its blank line is dropped', 'data: a\n\ndata: b\n', ['a']],
    ['characters of several bytes', 'data: grün 漢字 🚀\n\n', ['grün 漢字 🚀']],
    ['nothing at all', '', []],
  ])('%s: the same frames however the bytes are cut', (_, text, expected) => {
    for (const chunks of splits(bytes(text))) expect(frames('sse', chunks).data).toEqual(expected)
  })

  it('tells the event field', () => {
    expect(frames('sse', [bytes('event: error\ndata: x\n\ndata: y\n\n')]).events).toEqual([
      'error',
      undefined,
    ])
  })

  it('finds several events in one read', () => {
    expect(frames('sse', [bytes('data: 1\n\ndata: 2\n\ndata: 3\n\n')]).data).toEqual(['1', '2', '3'])
  })

  it('reports an event over the limit once, then ignores what follows', () => {
    const found: Frame[] = []
    const faults: string[] = []
    const framer = new SseFramer(100).begin({
      emit: (frame) => found.push(frame),
      fault: (message) => faults.push(message),
    })
    for (let count = 0; count < 20; count += 1) framer.push(bytes('data: 0123456789'))
    framer.push(bytes('\n\ndata: late\n\n'))
    framer.end()
    expect(found).toEqual([])
    expect(faults).toEqual(['an event grew over 100 characters'])
  })
})

describe('a framer of events that was released', () => {
  const sink = () => {
    const told: string[] = []
    return {
      told,
      emit: ({ data }: Frame) => told.push(data),
      text: (_: string, chunk: Buffer, from: number, to: number) =>
        told.push(chunk.toString('utf8', from, to)),
      fault: (message: string) => told.push(`fault: ${message}`),
    }
  }
  const BROKEN_OFF: readonly [string, Uint8Array][] = [
    ['in an event', bytes('data: a\n\nevent: x\ndata: b\n')],
    ['in a line', bytes('data: a\n\ndata: b')],
    ['in a character', Uint8Array.of(...bytes('data: a\n\ndata: '), 0xf0, 0x9f)],
    ['after a CR', bytes('data: a\n\ndata: b\r')],
    ['in an event over the limit', bytes(`data: a\n\ndata: ${'b'.repeat(FRAME_LIMIT)}`)],
  ]

  it.each(BROKEN_OFF)('has nothing of its answer in the next, broken off %s', (_, left) => {
    const [first, next] = [sink(), sink()]
    const framer = framerFor('sse', first)
    framer.push(left)
    release(framer)
    const again = framerFor('sse', next)
    expect(again).toBe(framer)
    again.push(bytes('data: c\n\n'))
    again.end()
    expect(next.told).toEqual(['c'])
    expect(first.told[0]).toBe('a')
    release(again)
  })

  it('has no pattern until it is told one', () => {
    const [first, next] = [sink(), sink()]
    const framer = framerFor('sse', {
      ...first,
      emit: (frame) => {
        first.emit(frame)
        framer.expect?.({ type: 'text-delta', before: '"', after: '"' })
      },
    })
    for (const text of ['"a"', '"b"']) framer.push(bytes(`data: ${text}\n\n`))
    release(framer)
    const again = framerFor('sse', next)
    for (const text of ['"c"', '"d"']) again.push(bytes(`data: ${text}\n\n`))
    expect(first.told).toEqual(['"a"', 'b'])
    expect(next.told).toEqual(['"c"', '"d"'])
    release(again)
  })

  it('tells nobody of what its answer still sends', () => {
    const late = sink()
    const framer = framerFor('sse', late)
    framer.push(bytes('data: a\n\n'))
    release(framer)
    framer.push(bytes('data: b\n\n'))
    framer.end()
    expect(late.told).toEqual(['a'])
  })
})

describe('newline-delimited JSON', () => {
  it.each([
    ['LF', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['CRLF', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['empty lines', '\n{"a":1}\n\n', ['{"a":1}']],
    ['no line end at the end', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['characters of several bytes', '{"t":"漢🚀"}\n', ['{"t":"漢🚀"}']],
  ])('%s: the same frames however the bytes are cut', (_, text, expected) => {
    for (const chunks of splits(bytes(text))) expect(frames('ndjson', chunks).data).toEqual(expected)
  })

  it('reports a line over the limit once, then ignores what follows', () => {
    const faults: string[] = []
    const framer = ndjsonFramer({ emit: () => undefined, fault: (message) => faults.push(message) }, 10)
    framer.push(bytes('0123456789012345'))
    framer.push(bytes('\n{}\n'))
    framer.end()
    expect(faults).toEqual(['a line grew over 10 characters'])
  })
})

describe('a whole body', () => {
  it('is one frame at its end, however it is cut', () => {
    for (const chunks of splits(bytes('{"t":"漢"}')))
      expect(frames('whole', chunks).data).toEqual(['{"t":"漢"}'])
  })

  it('gives no frame when it is empty', () => {
    expect(frames('whole', []).data).toEqual([])
  })
})

describe('any framing', () => {
  it('survives any bytes in any pieces, without a throw and within its bound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Framing>('sse', 'ndjson', 'whole'),
        fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 20 }),
        (framing, chunks) => {
          const { data } = frames(framing, chunks)
          expect(data.join('').length).toBeLessThanOrEqual(FRAME_LIMIT)
        },
      ),
    )
  })
})
