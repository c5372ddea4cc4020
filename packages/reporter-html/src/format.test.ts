import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  count,
  duration,
  MISSING,
  moment,
  perSecond,
  plural,
  quantity,
  share,
  spoken,
  tick,
} from './format.ts'

const shown = (text: string) => text.replaceAll('\u202f', ' ')

describe('tick', () => {
  it.each([
    [0, 300, '0 ms'],
    [150, 300, '150 ms'],
    [0.5, 3, '0.5 ms'],
    [500, 2_000, '0.5 s'],
    [150_000, 200_000, '150 s'],
    [0.05, 0.2, '50 µs'],
  ])('%d ms on an axis up to %d ms is %s, in the unit of its top', (value, highest, expected) => {
    expect(shown(tick(value, 'ms', highest))).toBe(expected)
  })

  it('leaves out a unit that the title has', () => {
    expect(tick(1_500, 'tok/s', 2_000)).toBe('1,500')
  })
})

describe('quantity', () => {
  it.each([
    [0, 'ms', '0 ms'],
    [0.0042, 'ms', '4.20 µs'],
    [0.41, 'ms', '410 µs'],
    [1, 'ms', '1.00 ms'],
    [20.44, 'ms', '20.4 ms'],
    [99.96, 'ms', '100 ms'],
    [232.4, 'ms', '232 ms'],
    [999.4, 'ms', '999 ms'],
    [999.7, 'ms', '1.00 s'],
    [1_234, 'ms', '1.23 s'],
    [119_400, 'ms', '119 s'],
    [180_000, 'ms', '3.00 min'],
    [10_800_000, 'ms', '3.00 h'],
    [-3.2, 'ms', '−3.20 ms'],
    [0, 'bytes', '0 B'],
    [512, 'bytes', '512 B'],
    [999_960, 'bytes', '1.00 MB'],
    [33_285_996_544, 'bytes', '33.3 GB'],
    [92, 'tok', '92'],
    [92.31, 'tok', '92.3'],
    [48.2, 'tok/s', '48.2 tok/s'],
    [20, '/s', '20.0 /s'],
    [1.0123, 'tok/chunk', '1.01 tok/chunk'],
    [0.34, 'cores', '0.34 cores'],
    [1_234_567, '', '1,234,567'],
    [0.0338, '', '0.0338'],
    [12.5, '', '12.5'],
  ] as const)('%d in "%s" is %s', (value, unit, expected) => {
    expect(shown(spoken(quantity(value, unit)))).toBe(expected)
  })

  it('names the money', () => {
    expect(shown(spoken(quantity(0.0423, 'currency', 'USD')))).toBe('0.0423 USD')
  })

  it.each([undefined, null, Number.NaN, Number.POSITIVE_INFINITY])(
    'shows a dash for %s, not a 0',
    (value) => {
      expect(quantity(value, 'ms')).toEqual(MISSING)
      expect(count(value)).toEqual(MISSING)
      expect(share(value)).toEqual(MISSING)
      expect(perSecond(value, 'tok')).toEqual(MISSING)
      expect(MISSING.text).toBe('—')
    },
  )

  it('shows a duration within half a percent of what it is', () => {
    const size: Readonly<Record<string, number>> = { µs: 1e-3, ms: 1, s: 1e3, min: 60e3, h: 3_600e3 }
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 3_600_000, noNaN: true }), (millis) => {
        const { text, unit } = quantity(millis, 'ms')
        const read = Number(text.replaceAll(',', '')) * (size[unit.trim()] ?? Number.NaN)
        expect(Math.abs(read - millis) / millis).toBeLessThanOrEqual(0.00501)
        expect(text.replace(/\D/g, '').length).toBe(3)
      }),
    )
  })
})

describe('share', () => {
  it.each([
    [0, '0%'],
    [1, '100%'],
    [0.5, '50.0%'],
    [0.0338, '3.38%'],
    [0.99234, '99.23%'],
    [0.99999, '>99.99%'],
    [0.00001, '<0.01%'],
  ])('%d is %s', (value, expected) => {
    expect(spoken(share(value))).toBe(expected)
  })

  it('says all or nothing only when it is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true, minExcluded: true, maxExcluded: true }),
        (value) => {
          expect(spoken(share(value))).not.toMatch(/^(0|0\.00|100|100\.00)%$/)
        },
      ),
    )
  })
})

describe('perSecond', () => {
  it.each([
    [23, '', '23.0 /s'],
    [2_044, 'tok', '2,044 tok/s'],
    [402_000, 'bytes', '402 kB/s'],
  ] as const)('%d of "%s" is %s', (value, unit, expected) => {
    expect(shown(spoken(perSecond(value, unit)))).toBe(expected)
  })
})

describe('times', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [60_412, '60.4 s'],
    [605_000, '10 min 5 s'],
    [600_000, '10 min'],
    [7_384_000, '2 h 3 min'],
  ])('%d ms take %s', (millis, expected) => {
    expect(shown(duration(millis))).toBe(expected)
  })

  it('gives moments in UTC, whatever zone they were written in', () => {
    expect(moment('2026-11-21T16:03:05.120+02:00')).toBe('21 Nov 2026, 14:03:05 UTC')
  })

  it('leaves what is no moment as it is', () => {
    expect(moment('yesterday')).toBe('yesterday')
  })
})

it.each([
  [0, '0 requests'],
  [1, '1 request'],
  [1_389, '1,389 requests'],
])('%d requests are "%s"', (amount, expected) => {
  expect(plural(amount, 'request')).toBe(expected)
})
