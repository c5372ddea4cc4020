import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../aws/__fixtures__/decode.ts'
import { seeded } from '../random.ts'
import { payloadParts } from './parts.ts'

const partsOf = (piece: string, seed: number) => decode(payloadParts(piece, seeded(seed, 0)))

describe('the parts of a piece', () => {
  it('are, joined, the piece, and none is empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (piece, seed) => {
        const parts = partsOf(piece, seed).map(({ payload }) => payload)
        expect(Buffer.concat(parts).toString()).toBe(piece)
        expect(parts.every(({ length }) => length > 0)).toBe(true)
        expect(parts.length).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('are the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (piece, seed) => {
        expect(partsOf(piece, seed)).toEqual(partsOf(piece, seed))
      }),
    )
  })

  it('are one, two or three, cut also inside a character', () => {
    const all = Array.from({ length: 50 }, (_, seed) => partsOf('data: {"text":"ein Stück Käse"}\n\n', seed))
    expect(new Set(all.map(({ length }) => length))).toEqual(new Set([1, 2, 3]))
    const broken = all.flat().filter(({ payload }) => payload.toString().includes('\uFFFD'))
    expect(broken.length).toBeGreaterThan(10)
  })

  it('carry bytes, not JSON', () => {
    expect(partsOf('x', 1)[0]?.headers).toEqual({
      ':event-type': 'PayloadPart',
      ':content-type': 'application/octet-stream',
      ':message-type': 'event',
    })
  })
})
