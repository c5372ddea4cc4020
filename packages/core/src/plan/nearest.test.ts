import { describe, expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

describe('the nearest known name', () => {
  const known = ['rate', 'startRate', 'duration', 'timeUnit', 'maxVUs', 'vus']

  it.each([
    ['rat', 'rate'],
    ['dutarion', 'duration'],
    ['avgs', undefined],
    ['vsu', 'vus'],
    ['rtae', 'rate'],
    ['timeunit', 'timeUnit'],
    ['maxvus', 'maxVUs'],
    ['MAXVUS', 'maxVUs'],
    ['vu', 'vus'],
    ['colour', undefined],
    ['', undefined],
  ])('to %j is %j', (name, expected) => {
    expect(nearest(name, known)).toBe(expected)
  })

  it('is offered in a message', () => {
    expect(didYouMean('rats', known)).toBe('; did you mean "rate"?')
    expect(didYouMean('colour', known)).toBe('')
  })
})
