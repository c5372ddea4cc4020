import { describe, expect, it } from 'vitest'
import type { Unit } from '../model/metric.ts'
import { figure, percent, plain } from './figures.ts'

describe('a figure', () => {
  it.each<[number | undefined, Unit, string]>([
    [undefined, 'ms', '—'],
    [0, 'ms', '0ms'],
    [0.0423, 'ms', '42µs'],
    [1.234, 'ms', '1.23ms'],
    [45.67, 'ms', '45.7ms'],
    [231.4, 'ms', '231ms'],
    [1234, 'ms', '1.23s'],
    [0.9997, 'ms', '1.00ms'],
    [9.997, 'ms', '10.0ms'],
    [99.97, 'ms', '100ms'],
    [999.7, 'ms', '1.00s'],
    [59_999, 'ms', '1m00s'],
    [83_000, 'ms', '1m23s'],
    [999, 'bytes', '999B'],
    [3_604_321, 'bytes', '3.60MB'],
    [48.333, 'tok/s', '48.3'],
    [1.4, 'tok/chunk', '1.4'],
    [12.003, 'tok', '12'],
    [12, 'tok', '12'],
    [1_234_567, '', '1,234,567'],
    [0.0042, 'currency', '0.0042'],
    [0.9431, 'cores', '94.31%'],
  ])('of %s %s reads %s', (value, unit, text) => {
    expect(figure(value, unit)).toBe(text)
  })
})

describe('a share', () => {
  it.each([
    [0, '0%'],
    [1, '100%'],
    [0.5, '50.00%'],
    [0.99999, '99.99%'],
    [0.00001, '0.01%'],
  ])('of %s reads %s: never nothing or everything by rounding', (share, text) => {
    expect(percent(share)).toBe(text)
  })
})

describe('a plain number', () => {
  it('keeps whole numbers whole', () => {
    expect([plain(3), plain(12.34), plain(0.5), plain(1_000.4)]).toEqual(['3', '12.3', '0.5', '1,000'])
  })
})
