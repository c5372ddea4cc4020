import type { Totals } from '../metrics/totals.ts'
import type { Tags } from '../model/tags.ts'
import { figure } from '../outputs/figures.ts'

/** A latency, and where the times of those that were cut off stand. */
const LATENCIES: readonly (readonly [metric: string, ofCut: string, selector: Tags])[] = [
  ['ttft', 'ttft', { outcome: 'interrupted' }],
  ['e2e_latency', 'interrupted_age', {}],
  ['request_duration', 'interrupted_age', {}],
]

/** p99 of a latency, as measured and as it would be had every request that was cut off ended at that moment. */
export interface P99Shift {
  readonly metric: string
  readonly measured: number
  readonly shifted: number
}

/** Of each latency with data. The shifted one is a lower bound: nobody knows how long they would have taken. */
export function p99Shifts(totals: Totals): P99Shift[] {
  return LATENCIES.flatMap(([metric, ofCut, selector]) => {
    const whole = totals.select(metric, {})
    const measured = whole?.value('p(99)', totals.measured)
    if (whole === undefined || measured === undefined) return []
    const joint = whole.empty()
    joint.absorb(whole)
    const cut = totals.select(ofCut, selector)
    if (cut !== undefined) joint.absorb(cut)
    return [{ metric, measured, shifted: joint.value('p(99)', totals.measured) ?? measured }]
  })
}

/** What the requests that were cut off keep back from the latencies, where there are some. */
export function interruptedSentences(totals: Totals): string[] {
  const count = totals.select('request_interrupted', {})?.count ?? 0
  if (count === 0) return []
  const were = count === 1 ? '1 request was' : `${count} requests were`
  const start = `${were} cut off by the end of the run and ${count === 1 ? 'is' : 'are'} in no latency.`
  const shifts = p99Shifts(totals)
  if (shifts.length === 0) return [start]
  // The two are the same but for the end of the stream.
  const streamed = shifts.some(({ metric }) => metric === 'e2e_latency')
  const told = shifts.filter(({ metric }) => !(streamed && metric === 'request_duration')).map(wordsOf)
  const had = count === 1 ? 'Had it ended' : 'Had they all ended'
  return [`${start} ${had} just then, p99 of ${told.join(', that of ')}; later it would be higher.`]
}

function wordsOf({ metric, measured, shifted }: P99Shift): string {
  const [before, after] = [figure(measured, 'ms'), figure(shifted, 'ms')]
  return before === after
    ? `${metric} would stay ${before}`
    : `${metric} would be ${after} instead of ${before}`
}
