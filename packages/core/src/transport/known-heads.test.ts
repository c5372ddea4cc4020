import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHeaders } from './known-heads.ts'

/** The fields of a head as a parser gives them: views of the piece it was sent in. */
function fieldsOf(head: readonly (readonly [name: string, value: string])[], separator = ': '): Buffer[] {
  const text = head.map(([name, value]) => `${name}${separator}${value}`).join('\r\n')
  const piece = Buffer.from(`HTTP/1.1 200 OK\r\n${text}\r\n\r\n`)
  let at = piece.indexOf('\r\n') + 2
  return head.flatMap(([name, value]) => {
    const valueAt = at + Buffer.byteLength(name) + separator.length
    const fields = [piece.subarray(at, at + Buffer.byteLength(name))]
    at = valueAt + Buffer.byteLength(value) + 2
    return [...fields, piece.subarray(valueAt, at - 2)]
  })
}

const names = fc.constantFrom('date', 'Date', 'Server', 'x-id', 'x-i', 'Set-Cookie', 'Content-Type')
const values = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ':', ',', 'é'), maxLength: 4 })
const head = fc.array(fc.tuple(names, values), { minLength: 1, maxLength: 5 })

function expected(fields: readonly (readonly [string, string])[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of fields) {
    const lower = name.toLowerCase()
    headers[lower] = lower in headers ? `${headers[lower]}, ${value}` : value
  }
  return headers
}

describe('the headers of an answer', () => {
  it('are what was sent, whichever heads came before', () => {
    fc.assert(
      fc.property(fc.array(head, { maxLength: 40 }), fc.constantFrom(': ', ':'), (heads, separator) => {
        for (const sent of heads) expect(readHeaders(fieldsOf(sent, separator))).toEqual(expected(sent))
      }),
      { numRuns: 500 },
    )
  })

  it('are one object for answers with the same head, which none of them can change for the others', () => {
    const sent = [
      ['Server', 'same'.repeat(50)],
      ['Date', 'now'],
    ] as const
    const first = readHeaders(fieldsOf(sent))
    expect(readHeaders(fieldsOf(sent))).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
  })

  it('are read from a head that came in pieces', () => {
    const pieces = fieldsOf([['Server', 'cut']]).map((field) => Buffer.from(field))
    expect(readHeaders(pieces)).toEqual({ server: 'cut' })
    expect(Object.isFrozen(readHeaders(pieces))).toBe(true)
    expect(readHeaders([])).toEqual({})
  })

  it('are found again after many others of that length', () => {
    for (let id = 1_000; id < 2_000; id += 1) {
      expect(Object.isFrozen(readHeaders(fieldsOf([['x-only', String(id)]])))).toBe(true)
    }
    const again = () => readHeaders(fieldsOf([['x-only', 'same']]))
    const all = Array.from({ length: 40 }, again)
    expect(all.every((headers) => headers['x-only'] === 'same')).toBe(true)
    expect(all.at(-1)).toBe(all.at(-2))
  })
})
