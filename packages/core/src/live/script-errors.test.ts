import { describe, expect, it } from 'vitest'
import { ScriptErrors } from './script-errors.ts'

describe('what scripts of several workers throw', () => {
  it('is told once of each kind', () => {
    const errors = new ScriptErrors()
    const text = 'TypeError: no\n    at a.ts:1'
    expect(errors.first('iteration', 'chat', text)).toBe(`an iteration of chat failed: ${text}`)
    expect(errors.first('iteration', 'chat', text)).toBeUndefined()
    expect(errors.first('iteration', 'chat', 'TypeError: no\n    at b.ts:1')).toContain('b.ts')
    expect(errors.first('iteration', 'spike', text)).toContain('of spike failed')
    expect(errors.first('rejection', '', text)).toBe(`unhandled rejection in the script: ${text}`)
  })

  it('is one kind where only numbers and ids of the message differ', () => {
    const errors = new ScriptErrors()
    expect(errors.first('iteration', 'chat', 'Error: order 17\n    at a.ts:1')).toBeDefined()
    expect(errors.first('iteration', 'chat', 'Error: order 18\n    at a.ts:1')).toBeUndefined()
  })

  it('is told up to a number of kinds', () => {
    const errors = new ScriptErrors()
    const kinds = Array.from('abcdefghijkl', (letter) => `Error: ${letter}`)
    expect(kinds.filter((text) => errors.first('iteration', 'a', text) !== undefined)).toHaveLength(10)
  })
})
