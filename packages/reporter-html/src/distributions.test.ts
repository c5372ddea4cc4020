import { describe, expect, it } from 'vitest'
import { distribution, olderRun, run } from './__fixtures__/run.ts'
import { distributionsOf } from './distributions.ts'
import { choicesOf, WHOLE } from './part.ts'

const input = run()
const metrics = (part = WHOLE, of = input) => distributionsOf(of, part).map(({ metric }) => metric)

describe('the distributions of a run', () => {
  it('come in the order of the metrics, those of a part for the part', () => {
    expect(metrics()).toEqual(['ttft', 'itl', 'e2e_latency'])
    const [, ramp, background] = choicesOf(input)
    expect(metrics(ramp)).toEqual(['ttft', 'itl'])
    expect(metrics(background)).toEqual(['ttft'])
  })

  it('are left out where they have no values', () => {
    const empty = { ...distribution('ttft', 5), count: 0, buckets: [] }
    expect(metrics(WHOLE, run({ distributions: [empty] }))).toEqual([])
    expect(metrics(WHOLE, olderRun())).toEqual([])
  })

  it('have the SLO in every part, and the bounds of thresholds on that part', () => {
    const [whole, , background] = choicesOf(input).map((part) => distributionsOf(input, part)[0]?.bounds)
    expect(whole).toEqual([
      { value: 550, label: 'SLO 550\u202fms' },
      { value: 2_000, label: 'p(99)<2s' },
    ])
    expect(background?.map(({ label }) => label)).toEqual(['SLO 550\u202fms', 'p(95)<400'])
  })
})
