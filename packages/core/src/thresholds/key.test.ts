import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtIn } from '../model/metric.ts'
import { parseThresholdKey, problemWith } from './key.ts'
import { parseThreshold } from './parse.ts'

function problemOf(key: string): string | undefined {
  const parsed = parseThresholdKey(key)
  return 'problem' in parsed ? parsed.problem : undefined
}

describe('a key', () => {
  it.each([
    ['ttft', {}],
    ['ttft{scenario:spike}', { scenario: 'spike' }],
    ['ttft{scenario:spike,model:a}', { scenario: 'spike', model: 'a' }],
    [' ttft { scenario : spike , model : a } ', { scenario: 'spike', model: 'a' }],
    [`ttft{"scenario":"spike",'model':'a b'}`, { scenario: 'spike', model: 'a b' }],
    ['ttft{model:llama:8b}', { model: 'llama:8b' }],
    ['ttft{model:"a,b{c}",x:y}', { model: 'a,b{c}', x: 'y' }],
    ['ttft{group:::checkout::pay}', { group: '::checkout::pay' }],
    ['ttft{empty:""}', { empty: '' }],
  ])('%j selects %j', (key, selector) => {
    expect(parseThresholdKey(key)).toEqual({ metric: 'ttft', selector })
  })

  it.each([
    ['', 'must be a metric'],
    ['ttft{scenario:spike', 'must be a metric'],
    ['ttft}', 'must be a metric'],
    ['{scenario:a}', 'must be a metric'],
    ['time to first token', 'must be a metric'],
    ['9lives', '"9lives" cannot be the name of a metric'],
    ['ttft{}', 'are empty'],
    ['ttft{scenario}', 'expected tag:value at "scenario"'],
    ['ttft{scenario:}', 'expected tag:value'],
    ['ttft{a:b,}', 'after the last comma'],
    ['ttft{a:b c:d,e}', 'expected tag:value at "e"'],
    ['ttft{a:b,a:c}', 'the tag a stands twice'],
    ['ttft{"a:b}', 'expected tag:value'],
  ])('%j is refused', (key, problem) => {
    expect(problemOf(key)).toMatch(new RegExp(problem))
  })

  it('never makes the parser throw', () => {
    const pieces = fc.constantFrom('ttft', '{', '}', ':', ',', '"', "'", 'a', ' ', '\n')
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(text, (key) => {
        expect(Object.keys(parseThresholdKey(key))).not.toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives back any tags in quotes', () => {
    const text = fc.string({ minLength: 1 }).filter((one) => !one.includes('"') && one !== '__proto__')
    fc.assert(
      fc.property(fc.dictionary(text, text, { minKeys: 1, noNullPrototype: true }), (selector) => {
        const pairs = Object.entries(selector).map(([name, value]) => `"${name}":"${value}"`)
        expect(parseThresholdKey(`ttft{${pairs.join(',')}}`)).toEqual({ metric: 'ttft', selector })
      }),
    )
  })
})

describe('a threshold that cannot be asked of its metric', () => {
  it.each([
    ['requests', 'p(95)<5', 'p(95) is for trends; requests is a counter: count, rate'],
    ['requests', 'value<5', 'value is for gauges; requests is a counter'],
    ['ttft', 'value<5', 'ttft is a trend: avg, min, med, max, p(N), count, rate'],
    ['ttft', 'passes<5', 'passes is for rates; ttft is a trend'],
    ['goodput', 'count>5', 'count is for counters and trends; goodput is a rate: rate, passes, fails'],
    ['vus', 'avg<5', 'vus is a gauge: value, min, max'],
    ['ttft', 'p(95)<5%', 'a bound in % is for the rate of a rate'],
    ['requests', 'rate<5%', 'a bound in % is for the rate of a rate'],
    ['goodput', 'passes<5%', 'a bound in % is for the rate of a rate'],
    ['output_length', 'p(95)<5s', 'a bound with a unit of time is for times'],
    ['ttft', 'count<5s', 'count of ttft is not one'],
    ['ttft', 'rate<5ms', 'rate of ttft is not one'],
    ['goodput', 'rate<5ms', 'is not one'],
  ])('%s: %s', (metric, expression, problem) => {
    const parsed = parseThreshold(expression)
    expect('problem' in parsed ? parsed : problemWith(parsed, builtIn(metric))).toContain(problem)
  })

  it.each([
    ['ttft', 'p(95)<1.5s'],
    ['ttft', 'count>5'],
    ['ttft', 'rate>5'],
    ['requests', 'rate>5'],
    ['goodput', 'rate>95%'],
    ['goodput', 'fails<5'],
    ['vus', 'max<100'],
    ['output_length', 'avg>10'],
  ])('but not %s: %s', (metric, expression) => {
    const parsed = parseThreshold(expression)
    expect('problem' in parsed ? parsed.problem : problemWith(parsed, builtIn(metric))).toBeUndefined()
  })
})
