import { describe, expect, it } from 'vitest'
import type { Unit } from '../../model/metric.ts'
import { scaled, scaleFor } from './scale.ts'

const row = (unit: Unit, ...values: number[]) => {
  const scale = scaleFor(values, unit)
  return [scale.unit, ...values.map((value) => scaled(value, scale))].join(' ')
}

describe('a row of values has one unit', () => {
  it.each<[string, Unit, number[], string]>([
    ['milliseconds', 'ms', [200.4, 231.2, 552], 'ms 200 231 552'],
    ['small ones with digits that matter', 'ms', [5.66, 10.02, 13.1], 'ms 5.66 10.02 13.10'],
    ['but none the largest has no use for', 'ms', [0.7, 397.1, 552.3], 'ms 0.7 397.1 552.3'],
    ['seconds where most are', 'ms', [900, 1_240, 1_450], 's 0.90 1.24 1.45'],
    ['seconds where one is long', 'ms', [20, 300, 12_400], 's 0.02 0.30 12.40'],
    ['microseconds', 'ms', [0.0215, 0.4], 'µs 21.5 400.0'],
    ['whole numbers without a point', 'tok', [1, 32, 1_200], 'tok 1 32 1,200'],
    ['nothing but zeros', 'ms', [0, 0], 'ms 0 0'],
    ['bytes', 'bytes', [1_500, 2_000_000, 3_500_000], 'MB 0.00 2.00 3.50'],
    ['shares of cores', 'cores', [0.5, 0.123], '% 50.0 12.3'],
  ])('%s', (_, unit, values, expected) => {
    expect(row(unit, ...values)).toBe(expected)
  })

  it('and a sign where there is no value', () => {
    expect(scaled(undefined, scaleFor([1], 'ms'))).toBe('—')
  })
})
