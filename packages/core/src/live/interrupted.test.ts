import { describe, expect, it } from 'vitest'
import { recorded, type Value } from '../metrics/__fixtures__/recorded.ts'
import { Totals } from '../metrics/totals.ts'
import { builtIn } from '../model/metric.ts'
import { interruptedSentences, p99Shifts } from './interrupted.ts'

const CUT = { outcome: 'interrupted' }

/** Each value of a metric so many times. */
const values = (name: string, value: number, times: number, tags = {}): Value[] =>
  Array.from({ length: times }, () => ({ metric: builtIn(name), value, tags }))

function totalsOf(...all: readonly Value[][]): Totals {
  const totals = new Totals()
  totals.merge(recorded(0, 0, all.flat()))
  return totals
}

/** 990 whole requests, each with its first token after 100 ms and its last after 1 s. */
const WHOLE = [...values('ttft', 100, 990), ...values('e2e_latency', 1_000, 990)]

describe('the p99 of latencies with the requests that were cut off', () => {
  it.each([
    ['none: as measured', 0, 0, 100],
    ['one in a hundred, which is above p99', 9, 9_000, 100],
    ['more than one in a hundred', 30, 9_000, 9_000],
    ['many that had only begun', 30, 5, 100],
  ])('%s', (_, cut, age, ttft) => {
    const totals = totalsOf(
      WHOLE,
      values('ttft', age, cut, CUT),
      values('interrupted_age', age, cut),
      values('request_interrupted', 1, cut),
    )
    const [first] = p99Shifts(totals)
    expect(first?.metric).toBe('ttft')
    expect(first?.measured).toBeCloseTo(100, 0)
    expect((first?.shifted ?? 0) / ttft).toBeCloseTo(1, 2)
  })

  it('are by how long they waited for a first token, and by their age', () => {
    const totals = totalsOf(WHOLE, values('ttft', 200, 30, CUT), values('interrupted_age', 4_000, 30))
    expect(p99Shifts(totals).map(({ metric, shifted }) => [metric, Math.round(shifted / 100)])).toEqual([
      ['ttft', 2],
      ['e2e_latency', 40],
    ])
  })

  it('leave the latencies themselves alone', () => {
    const totals = totalsOf(WHOLE, values('ttft', 9_000, 30, CUT))
    p99Shifts(totals)
    expect(totals.select('ttft', {})?.count).toBe(990)
  })
})

describe('the sentence about requests that were cut off', () => {
  it('is not there without any', () => {
    expect(interruptedSentences(totalsOf(WHOLE, values('request_interrupted', 0, 5)))).toEqual([])
  })

  it('says how far p99 would move', () => {
    const totals = totalsOf(
      WHOLE,
      values('ttft', 80, 30, CUT),
      values('interrupted_age', 4_000, 30),
      values('request_interrupted', 1, 30),
    )
    expect(interruptedSentences(totals)).toEqual([
      '30 requests were cut off by the end of the run and are in no latency. Had they all ended just then, p99 of ttft would stay 100ms, that of e2e_latency would be 4.00s instead of 1.00s; later it would be higher.',
    ])
  })

  it('says no more where nothing was measured to compare with', () => {
    expect(interruptedSentences(totalsOf(values('request_interrupted', 1, 1)))).toEqual([
      '1 request was cut off by the end of the run and is in no latency.',
    ])
  })
})
