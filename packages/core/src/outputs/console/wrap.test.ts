import { describe, expect, it } from 'vitest'
import { indented, wrap, wrapHanging } from './wrap.ts'

describe('text on a narrow terminal', () => {
  it('is broken between words', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
    expect(wrap('one\n\ntwo', 9)).toEqual(['one', '', 'two'])
  })

  it('is broken in a word only where that is longer than a line', () => {
    expect(wrap('a 123456789012', 9)).toEqual(['a', '123456789', '012'])
  })

  it('keeps lists apart: what an item has too much goes on below it', () => {
    expect(wrapHanging('Two are wrong:\n  first: one two three\n  second: four', 14)).toEqual([
      'Two are wrong:',
      '  first: one',
      '    two three',
      '  second: four',
    ])
  })

  it.each([
    '    at ask (file:///home/you/scenario.ts:3:19)',
    '3 |   console.log(questions)',
    '  |   ^^^^^^^^^^^^^^^^^^^',
  ])('keeps a line of a stack or a source: %s', (line) => {
    expect(wrapHanging(line, 12)).toEqual([line])
  })

  it('gets a margin at every line', () => {
    expect(indented('one\ntwo')).toBe('  one\n  two')
  })
})
