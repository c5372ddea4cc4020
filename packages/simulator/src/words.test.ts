import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from './random.ts'
import { repeat, speak, tokensOf } from './words.ts'

describe('words', () => {
  it('are whole sentences, one token a word', () => {
    const tokens = speak(40, seeded(1, 1))
    expect(tokens).toHaveLength(40)
    expect(tokens[0]).toMatch(/^[A-Z]\w+$/)
    for (const token of tokens.slice(1)) expect(token).toMatch(/^ \S+$/)
  })

  it('start with another sentence for other requests', () => {
    expect(
      new Set(Array.from({ length: 50 }, (_, n) => speak(1, seeded(1, n)).join(''))).size,
    ).toBeGreaterThan(4)
  })

  it('of a given text are its own, white space and all', () => {
    expect(tokensOf('<script>alert(1)</script> ok')).toEqual(['<script>alert(1)</script>', ' ok'])
    expect(tokensOf('')).toEqual([])
    fc.assert(fc.property(fc.string(), (text) => tokensOf(text).join('') === text))
  })

  it('repeat from the start', () => {
    expect(repeat(['a', 'b'], 5)).toEqual(['a', 'b', 'a', 'b', 'a'])
    expect(repeat([], 5)).toEqual([])
  })
})
