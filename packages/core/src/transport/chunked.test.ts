import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeChunks } from './chunked.ts'

const written = (data: string) => `${Buffer.byteLength(data).toString(16)}\r\n${data}\r\n`

/** What is taken of `text` from `from` on, and where taking ended. */
function taken(text: string, from = 0): { data: string[]; left: number } {
  const data: string[] = []
  const left = takeChunks(Buffer.from(text), from, (bytes) => data.push(bytes.toString()))
  return { data, left }
}

describe('whole chunks', () => {
  it('give their data, one after the other', () => {
    const text = written('one') + written('漢🚀') + written('x'.repeat(300))
    expect(taken(text)).toEqual({ data: ['one', '漢🚀', 'x'.repeat(300)], left: Buffer.byteLength(text) })
  })

  it('are taken from where one is told', () => {
    expect(taken(`head${written('a')}`, 4).data).toEqual(['a'])
  })

  it('may have a size in capitals and with zeros in front', () => {
    expect(taken(`0A\r\n0123456789\r\n`).data).toEqual(['0123456789'])
  })

  it.each([
    ['the last one', '0\r\n\r\n'],
    ['an extension', '3;a=b\r\nabc\r\n'],
    ['no size', '\r\nabc\r\n'],
    ['a size that is none', 'xyz\r\nabc\r\n'],
    ['a size that is wrong', '2\r\nabc\r\n'],
    ['a size beyond any read', 'ffffffffffffffffffff\r\nabc\r\n'],
    ['LF alone', '3\nabc\n'],
    ['a head', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('end before one that is another reader’s: %s', (_, other) => {
    const before = written('a')
    expect(taken(before + other + written('b'))).toEqual({ data: ['a'], left: before.length })
  })

  it('end before one that is not all there, wherever it is cut', () => {
    const pieces = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(pieces, fc.nat(), (texts, at) => {
        const whole = Buffer.from(texts.map(written).join(''))
        const cut = at % (whole.length + 1)
        const got: string[] = []
        const left = takeChunks(whole.subarray(0, cut), 0, (bytes) => got.push(bytes.toString()))
        const rest = takeChunks(whole, left, (bytes) => got.push(bytes.toString()))
        expect(got).toEqual(texts)
        expect(left).toBeLessThanOrEqual(cut)
        expect(rest).toBe(whole.length)
      }),
    )
  })
})
