import { describe, expect, it } from 'vitest'
import { checkFlagValues } from './flag-values.ts'

const FLAGS = {
  results: { type: 'string' },
  vus: { alias: 'u' },
  tag: { type: 'string', array: true },
  quiet: { type: 'boolean', alias: 'q' },
} as const

const check = (read: Record<string, unknown>, ...words: string[]) => checkFlagValues(read, words, FLAGS)

describe('the values of flags', () => {
  it.each([
    ['one value', { results: 'a' }, []],
    ['a repeatable flag twice', { tag: ['a=1', 'b=2'] }, []],
    ['a switch', { quiet: true }, ['-q']],
    ['a switch with true', { quiet: true }, ['--quiet=true']],
    ['a switch with false', { quiet: false }, ['--quiet=false']],
    ['a switch switched off', { quiet: false }, ['--no-quiet']],
    ['nothing', {}, []],
  ])('may be %s', (_, read, words) => {
    expect(() => check(read, ...words)).not.toThrow()
  })

  it.each([
    ['one with a value given twice', { results: ['a', 'b'] }, [], '--results is given 2 times'],
    ['a number given twice', { vus: [1, 2] }, [], '--vus is given 2 times'],
    ['one with a value switched off', { results: false }, ['--no-results'], '--no-results says nothing'],
    ['a repeatable one switched off', { tag: [false] }, ['--no-tag'], '--no-tag says nothing'],
    ['a switch with 1, which would be off', { quiet: false }, ['--quiet=1'], '--quiet=1 is no switch'],
    ['the same by its letter', { quiet: false }, ['-q=yes'], '-q=yes is no switch'],
  ])('may not be %s', (_, read, words, message) => {
    expect(() => check(read, ...words)).toThrow(message)
  })

  it('are all told of at once', () => {
    expect(() => check({ results: ['a', 'b'], vus: false })).toThrow(/--results.*\n--no-vus/)
  })
})
