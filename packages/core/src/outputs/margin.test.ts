import { describe, expect, it } from 'vitest'
import { marginText } from './margin.ts'

describe('the margin of a threshold', () => {
  it.each([
    ['p(95)<550', 550, 231, '58% below'],
    ['p(95)<550', 550, 1_063, '93% above'],
    ['rate>0.9', 0.9, 0.99, '9 points above'],
    ['rate<1%', 0.01, 0, '1 point below'],
    ['rate<1%', 0.01, 1, '99 points above'],
    ['rate<5%', 0.05, 0.073_33, '2.33 points above'],
    ['rate<5%', 0.05, 0.050_001, '<0.01 points above'],
    ['rate<0', 0, 0.02, '2 points above'],
    ['rate>10', 10, 23, '2.3× the bound'],
    ['p(95)<550', 550, 1_099, '100% above'],
    ['p(95)<550', 550, 1_100, '2× the bound'],
    ['p(95)<1', 1, 12_345, '12,345× the bound'],
    ['rate>10', 10, 0.5, '95% below'],
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
