import { describe, expect, it } from 'vitest'
import type { Ask } from './answer.ts'
import { Memory } from './memory.ts'

const ask = (keepAlive: number, promptTokens = 1): Ask => ({
  streamed: true,
  choices: 1,
  promptTokens,
  minTokens: 0,
  ignoreEos: false,
  reasons: false,
  toolRequired: false,
  streamUsage: 'end',
  keepAlive,
})

describe('a memory of models', () => {
  it('loads a model once, and lets those who come meanwhile wait for the rest', () => {
    const memory = new Memory()
    expect([0, 40, 100, 500].map((at) => memory.use('m', ask(1_000), at, 100))).toEqual([100, 60, 0, 0])
    expect(memory.use('other', ask(1_000), 500, 100)).toBe(100)
  })

  it('keeps it for as long as the last request wants, counted from its end', () => {
    const memory = new Memory()
    memory.use('m', ask(1_000), 0, 100)
    expect(memory.list(50)).toEqual([{ name: 'm', until: Infinity }])
    memory.release('m', ask(1_000), 500)
    expect(memory.list(1_499)).toEqual([{ name: 'm', until: 1_500 }])
    expect(memory.list(1_500)).toEqual([])
    expect(memory.use('m', ask(1_000), 1_600, 100)).toBe(100)
  })

  it('never lets go of what is in use', () => {
    const memory = new Memory()
    memory.use('m', ask(Infinity), 0, 100)
    memory.use('m', ask(0), 0, 100)
    memory.release('m', ask(0), 200)
    expect(memory.use('m', ask(Infinity), 300, 100)).toBe(0)
  })

  it('loads nothing for a request that only wants it gone', () => {
    const memory = new Memory()
    expect(memory.use('m', ask(0, 0), 0, 100)).toBe(0)
    memory.release('m', ask(0, 0), 0)
    expect(memory.list(0)).toEqual([])
  })
})
