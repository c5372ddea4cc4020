import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OPERATORS, parseThreshold, type ParsedThreshold } from './parse.ts'

function problemOf(expression: string): string | undefined {
  const parsed = parseThreshold(expression)
  return 'problem' in parsed ? parsed.problem : undefined
}

describe('an expression', () => {
  it.each<[string, Omit<ParsedThreshold, 'source'>]>([
    ['p(95)<550', { aggregation: 'p(95)', operator: '<', bound: 550 }],
    ['p(99.9) <= 1.5s', { aggregation: 'p(99.9)', operator: '<=', bound: 1_500, boundUnit: 'time' }],
    ['avg<200ms', { aggregation: 'avg', operator: '<', bound: 200, boundUnit: 'time' }],
    ['med<250us', { aggregation: 'med', operator: '<', bound: 0.25, boundUnit: 'time' }],
    ['max<2m', { aggregation: 'max', operator: '<', bound: 120_000, boundUnit: 'time' }],
    ['rate<0.01', { aggregation: 'rate', operator: '<', bound: 0.01 }],
    ['rate<1%', { aggregation: 'rate', operator: '<', bound: 0.01, boundUnit: 'percent' }],
    ['rate >= 99.5 %', { aggregation: 'rate', operator: '>=', bound: 0.995, boundUnit: 'percent' }],
    ['count>100', { aggregation: 'count', operator: '>', bound: 100 }],
    ['value==5', { aggregation: 'value', operator: '==', bound: 5 }],
    ['min===5', { aggregation: 'min', operator: '===', bound: 5 }],
    ['fails!=0', { aggregation: 'fails', operator: '!=', bound: 0 }],
    ['passes>1e3', { aggregation: 'passes', operator: '>', bound: 1_000 }],
    ['min>-.5', { aggregation: 'min', operator: '>', bound: -0.5 }],
    ['  p( 95 )  <  800  over  30s ', { aggregation: 'p(95)', operator: '<', bound: 800, window: 30_000 }],
    [
      'rate<1% over 1m30s',
      { aggregation: 'rate', operator: '<', bound: 0.01, boundUnit: 'percent', window: 90_000 },
    ],
    ['p(0)>0', { aggregation: 'p(0)', operator: '>', bound: 0 }],
    ['p(100)<9', { aggregation: 'p(100)', operator: '<', bound: 9 }],
  ])('%j is read', (expression, expected) => {
    expect(parseThreshold(expression)).toEqual({ ...expected, source: expression })
  })

  it.each([
    ['', 'expected one of avg, count'],
    ['<5', 'at the start, got "<5"'],
    ['p95<5', 'got "p95"'],
    ['p()<5', 'p() must be a number from 0 to 100'],
    ['p(101)<5', 'p(101) must be a number from 0 to 100'],
    ['p(-1)<5', 'p(-1) must be a number from 0 to 100'],
    ['avg(3)<5', 'got "avg(3)"'],
    ['mean<5', 'got "mean"'],
    ['avg', 'expected an operator (< <= > >= == === !=) after avg'],
    ['avg=5', 'after avg, got "=5"'],
    ['avg<', 'expected a number after <'],
    ['avg<fast', 'expected a number after <, got "fast"'],
    ['avg<1e999', 'expected a number after <'],
    ['avg<5 && max<9', 'cannot read "&& max<9"'],
    ['avg<5kg', 'cannot read "kg"'],
    ['avg<5 over', 'cannot read "over"'],
    ['avg<5 over long', '"over long" must name a duration from 1s to 24h'],
    ['avg<5 over 500ms', '"over 500ms" must name'],
    ['avg<5 over 25h', '"over 25h" must name'],
  ])('%j is refused with what was expected', (expression, problem) => {
    expect(problemOf(expression)).toContain(problem)
  })

  it('never makes the parser throw', () => {
    const pieces = fc.constantFrom('p(', ')', 'avg', '95', '<', '==', '%', 'ms', 'over', ' ', '1e5', '-', '.')
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(text, (expression) => {
        const parsed = parseThreshold(expression)
        expect('problem' in parsed ? parsed.problem.length : parsed.bound).not.toBeNaN()
      }),
      { numRuns: 2_000 },
    )
  })

  it('comes back from what it is written as', () => {
    const percentile = fc.integer({ min: 0, max: 100_000 }).map((percent) => `p(${percent / 1_000})`)
    const space = fc.constantFrom('', ' ', '  ')
    const unit = fc.constantFrom(
      { text: '', factor: 1 },
      { text: 'us', factor: 0.001, boundUnit: 'time' },
      { text: 'ms', factor: 1, boundUnit: 'time' },
      { text: 's', factor: 1_000, boundUnit: 'time' },
      { text: 'm', factor: 60_000, boundUnit: 'time' },
      { text: '%', factor: 0.01, boundUnit: 'percent' },
    )
    const threshold = fc.record({
      aggregation: fc.oneof(fc.constantFrom('avg', 'count', 'rate', 'value', 'passes'), percentile),
      operator: fc.constantFrom(...Object.keys(OPERATORS)),
      bound: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
      unit,
      window: fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: undefined }),
      space,
    })
    fc.assert(
      fc.property(
        threshold,
        ({ aggregation, operator, bound, unit: { text, factor, boundUnit }, window, space: gap }) => {
          const over = window === undefined ? '' : ` over ${window}s`
          const parsed = parseThreshold([aggregation, operator, bound, text].join(gap) + over)
          expect(parsed).toMatchObject({ aggregation, operator })
          if ('problem' in parsed) return
          expect(parsed.boundUnit).toBe(boundUnit)
          expect(parsed.window).toBe(window === undefined ? undefined : window * 1_000)
          expect(Math.abs(parsed.bound - bound * factor)).toBeLessThanOrEqual(
            Math.abs(bound * factor) * 1e-12,
          )
        },
      ),
    )
  })
})
