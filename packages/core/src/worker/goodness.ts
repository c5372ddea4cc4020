import type { Millis } from '../model/clock.ts'
import type { ExchangeSample } from '../model/exchange.ts'
import type { SloMetric, SloPlan } from '../model/plan.ts'

/**
 * Whether an exchange met every bound of the SLO (the `goodput` of DistServe, arXiv 2401.09670).
 * Failures count against it. A request the end of the run cut off counts against it only where it
 * had already passed a bound; younger ones say nothing.
 * @returns `undefined` where the exchange is left out, or no SLO was set.
 */
export function goodness(sample: ExchangeSample, slo: SloPlan): boolean | undefined {
  const bounds = Object.entries(slo) as [SloMetric, Millis][]
  if (bounds.length === 0) return undefined
  if (sample.outcome === 'failed') return false
  const measured = sample.outcome === 'ok' ? reached(sample) : soFar(sample)
  const met = bounds.every(([name, bound]) => (measured[name] ?? 0) <= bound)
  if (sample.outcome === 'interrupted') return met ? undefined : false
  return met
}

type Measured = Partial<Record<SloMetric, Millis | undefined>>

function reached(sample: ExchangeSample): Measured {
  const { startedAt, firstTokenAt, firstAnswerAt, lastTokenAt, endedAt } = sample.stamps
  // An answer in one piece shows its first token when it is all there.
  const first = firstTokenAt ?? endedAt
  const tokens = sample.usage.outputTokens ?? sample.countedTokens ?? sample.chunks
  const decode = lastTokenAt !== undefined && firstTokenAt !== undefined && tokens > 1
  return {
    ttft: first - startedAt,
    ttfat: (firstAnswerAt ?? first) - startedAt,
    tpot: decode ? (lastTokenAt - firstTokenAt) / (tokens - 1) : undefined,
    e2e_latency: (lastTokenAt ?? endedAt) - startedAt,
    request_duration: endedAt - startedAt,
  }
}

/** Lower bounds of what an unfinished exchange would have measured. */
function soFar(sample: ExchangeSample): Measured {
  const { startedAt, firstTokenAt, firstAnswerAt, endedAt } = sample.stamps
  const age = endedAt - startedAt
  return {
    ttft: firstTokenAt === undefined ? age : firstTokenAt - startedAt,
    ttfat: firstAnswerAt === undefined ? age : firstAnswerAt - startedAt,
    e2e_latency: age,
    request_duration: age,
  }
}
