import { describe, expect, it } from 'vitest'
import { stackOf } from './load.ts'

function thrownAt(...places: string[]): Error {
  const error = new TypeError('cannot count')
  error.stack = ['TypeError: cannot count', ...places].join('\n    at ')
  return error
}

describe('the stack of what a script throws', () => {
  it.each<[string, string[], string[]]>([
    [
      'its own lines',
      ['count (/s/spike.ts:3:9)', '/s/spike.ts:9:1'],
      ['count (/s/spike.ts:3:9)', '/s/spike.ts:9:1'],
    ],
    [
      'no lines of Node and of packages',
      ['/s/spike.ts:3:9', 'emit (node:events:1:1)', 'f (/s/node_modules/p/i.js:1:1)'],
      ['/s/spike.ts:3:9'],
    ],
    [
      'a function of JavaScript the script called',
      ['Array.map (<anonymous>)', '/s/spike.ts:3:9'],
      ['Array.map (<anonymous>)', '/s/spike.ts:3:9'],
    ],
    ['none that called the script', ['/s/spike.ts:3:9', 'new Promise (<anonymous>)'], ['/s/spike.ts:3:9']],
    [
      'a place without a name for the top of a module',
      ['<anonymous> (/s/spike.ts:3:9)'],
      ['/s/spike.ts:3:9'],
    ],
  ])('holds %s', (_, places, shown) => {
    expect(stackOf(thrownAt(...places))).toBe(['TypeError: cannot count', ...shown].join('\n    at '))
  })

  it('is followed by its cause', () => {
    const error = thrownAt('/s/spike.ts:3:9')
    error.cause = new Error('connect ECONNREFUSED')
    expect(stackOf(error)).toBe(
      'TypeError: cannot count\n    at /s/spike.ts:3:9\n  caused by: connect ECONNREFUSED',
    )
  })

  it('of what is no error is its text', () => {
    expect(stackOf('no')).toBe('no')
  })

  it('of what cannot become text says so, for a script may throw anything', () => {
    expect(stackOf(Object.create(null))).toBe('a thrown object that cannot become text')
    const strange = Object.assign(new Error('odd'), { stack: 5 })
    expect(stackOf(strange)).toBe('Error: odd')
  })
})
