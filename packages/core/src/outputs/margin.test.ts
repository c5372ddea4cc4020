import { describe, expect, it } from 'vitest'
import { marginText } from './margin.ts'

describe('the margin of a threshold', () => {
  it.each([
    ['p(95)<550', 550, 231, '58% below'],
    ['p(95)<550', 550, 1_063, '93% above'],
    ['rate>0.9', 0.9, 0.99, '10% above'],
    ['p(95)<=550', 550, 550, 'at the bound'],
    ['p(95)<550', 550, 549, '<1% below'],
    ['count>10', 10, 107, '11× the bound'],
    ['count<10', 10, 0, '100% below'],
    ['count==0', 0, 3, ''],
    ['count<0', 0, 3, ''],
    ['count!=5', 5, 3, ''],
    ['p(95)<550', 550, undefined, ''],
    ['p(95)<550', undefined, 3, ''],
  ])('of %s with the bound %s at %s', (expression, bound, observed, expected) => {
    const known = {
      ...(bound === undefined ? {} : { bound }),
      ...(observed === undefined ? {} : { observed }),
    }
    expect(marginText({ metric: 'm', expression, unit: '', passed: true, aborted: false, ...known })).toBe(
      expected,
    )
  })
})
