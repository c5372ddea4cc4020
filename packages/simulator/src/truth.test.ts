import { describe, expect, it } from 'vitest'
import { Truth } from './truth.ts'

const record = (n: number, id = `r${n}`) => ({
  id,
  n,
  acceptedAt: n,
  tokens: [],
  tokensPerChunk: [],
  outputTokens: 0,
})

describe('the ground truth', () => {
  it('keeps the last requests, oldest first, and never more', () => {
    const truth = new Truth(3)
    for (let n = 1; n <= 100; n++) {
      truth.keep(record(n))
      expect(truth.list().map((kept) => kept.n)).toEqual([n - 2, n - 1, n].filter((kept) => kept > 0))
    }
  })

  it('keeps nothing where it is off', () => {
    const truth = new Truth(0)
    truth.keep(record(1))
    expect(truth.list()).toEqual([])
  })

  it('finds by id, and forgets when told', () => {
    const truth = new Truth(10)
    for (const id of ['a', 'b', 'a']) truth.keep(record(1, id))
    expect(truth.list('a')).toHaveLength(2)
    expect(truth.list('c')).toEqual([])
    truth.clear()
    expect(truth.list()).toEqual([])
  })
})
