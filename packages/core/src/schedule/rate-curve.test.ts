import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateCurve } from './rate-curve.ts'

/** An exact fraction: the slow, plain reference the fast inverse is held against. */
type Fraction = readonly [numerator: bigint, denominator: bigint]
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d]
const minus = (a: Fraction, [c, d]: Fraction): Fraction => plus(a, [-c, d])
const atMost = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d <= c * b
const floor = ([a, b]: Fraction): bigint => a / b

/** A double, exactly. */
function exactly(value: number): Fraction {
  let denominator = 1n
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    denominator *= 2n
  }
  return [BigInt(scaled), denominator]
}

interface ExactStage {
  readonly duration: bigint
  readonly target: Fraction
}

/** Iterations due by `at`, summed stage by stage without any rounding. */
function exactArea(start: Fraction, stages: readonly ExactStage[], timeUnit: bigint, at: Fraction): Fraction {
  let area: Fraction = [0n, 1n]
  let rate = start
  let left = at
  for (const { duration, target } of stages) {
    if (duration > 0n && left[0] > 0n) {
      const whole: Fraction = [duration, 1n]
      const spent = atMost(left, whole) ? left : whole
      const rise = times(times(minus(target, rate), times(spent, spent)), [1n, 2n * duration])
      area = plus(area, times(plus(times(rate, spent), rise), [1n, timeUnit]))
      left = minus(left, spent)
    }
    rate = target
  }
  return area
}

const hundredths = (amount: number): Fraction => [BigInt(amount), 100n]
const NANOSECOND: Fraction = [1n, 1_000_000n]

const curveArbitrary = fc.record({
  start: fc.integer({ min: 0, max: 5_000 }),
  stages: fc.array(
    fc.record({
      duration: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000 })),
      target: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000 })),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  timeUnit: fc.constantFrom(100, 1_000, 60_000),
})

describe('the time by which n iterations are due', () => {
  it('is where the exact area under the curve reaches n, to a nanosecond', () => {
    fc.assert(
      fc.property(
        curveArbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ start, stages, timeUnit }, part) => {
          const curve = new RateCurve(
            start / 100,
            stages.map(({ duration, target }) => ({ duration, target: target / 100 })),
            timeUnit,
          )
          const exactStages = stages.map(({ duration, target }) => ({
            duration: BigInt(duration),
            target: hundredths(target),
          }))
          const areaAt = (at: Fraction) => exactArea(hundredths(start), exactStages, BigInt(timeUnit), at)

          const total = floor(areaAt(exactly(curve.end)))
          expect(BigInt(Math.floor(curve.total + curve.slack))).toBe(total)
          if (total === 0n) return
          const n = 1 + Math.floor(part * (Number(total) - 1))
          const at = exactly(curve.timeOf(n))
          expect(atMost(exactly(n), areaAt(plus(at, NANOSECOND))), 'not before').toBe(true)
          expect(atMost(exactly(n), areaAt(minus(at, NANOSECOND))), 'not after').toBe(false)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('never goes back as n grows, and stays within the curve', () => {
    fc.assert(
      fc.property(curveArbitrary, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (settings, parts) => {
        const curve = new RateCurve(settings.start, settings.stages, settings.timeUnit)
        fc.pre(curve.total > 0)
        // Whole iterations: between two that are nearly the same the last digit of a time may round either way.
        const at = parts.toSorted((a, b) => a - b).map((part) => curve.timeOf(Math.floor(part * curve.total)))
        expect(at).toEqual(at.toSorted((a, b) => a - b))
        for (const time of at) expect(time >= 0 && time <= curve.end).toBe(true)
      }),
    )
  })
})

describe('the rate at a time', () => {
  const curve = new RateCurve(
    2,
    [
      { duration: 5_000, target: 2 },
      { duration: 2_000, target: 40 },
      { duration: 0, target: 10 },
      { duration: 4_000, target: 0 },
    ],
    1_000,
  )

  it.each([
    [-1, 0, 'before the start'],
    [0, 2, 'the start rate'],
    [4_999, 2, 'a level stage'],
    [6_000, 21, 'half way up'],
    [7_000, 10, 'the new rate at a jump'],
    [9_000, 5, 'half way down'],
    [11_000, 0, 'the end'],
    [20_000, 0, 'after the end'],
  ])('at %d ms is %d: %s', (at, rate) => {
    expect(curve.rateAt(at)).toBe(rate)
  })

  it('is 0 everywhere on a curve without length', () => {
    const empty = new RateCurve(5, [{ duration: 0, target: 9 }], 1_000)
    expect([empty.end, empty.total, empty.rateAt(0)]).toEqual([0, 0, 0])
  })
})
