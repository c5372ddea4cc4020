import type { Millis } from '../model/clock.ts'
import type { ExchangeSample } from '../model/exchange.ts'
import type { SlowRequest } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'
import { keepSlowest, SLOWEST_KEPT } from '../metrics/slowest.ts'

/** Keeps the requests that took longest on one worker. */
export class SlowLog {
  #slowest: readonly SlowRequest[] = []
  #fresh: SlowRequest[] = []

  /** @param at its start, whole ms from the start of the run. @param tags all of the request's. */
  note(sample: ExchangeSample, at: Millis, tags: () => Tags): void {
    const { outcome, stamps } = sample
    if (outcome === 'interrupted') return
    const duration = micros(stamps.endedAt - stamps.startedAt)
    // Nearly every request ends here.
    if (this.#slowest.length >= SLOWEST_KEPT && duration < (this.#slowest.at(-1)?.duration ?? 0)) return
    const request = slowRequest(sample, outcome, duration, at, tags())
    this.#slowest = keepSlowest([...this.#slowest, request])
    // Requests that took equally long come here too: those that were pushed out again must not pile up.
    this.#fresh = [...this.#fresh, request].filter((one) => this.#slowest.includes(one))
  }

  /** Those noted since the last call that are still among the slowest. */
  drain(): readonly SlowRequest[] {
    const fresh = this.#fresh
    if (fresh.length > 0) this.#fresh = []
    return fresh
  }
}

function slowRequest(
  { id, stamps, usage, countedTokens, failure }: ExchangeSample,
  outcome: SlowRequest['outcome'],
  duration: Millis,
  at: Millis,
  { scenario = '', ...tags }: Tags,
): SlowRequest {
  const { startedAt, firstTokenAt } = stamps
  const outputTokens = usage.outputTokens ?? countedTokens
  return {
    id,
    at: at / 1_000,
    duration,
    ...(firstTokenAt === undefined ? {} : { ttft: micros(firstTokenAt - startedAt) }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
    scenario,
    tags,
    outcome,
    ...(failure === undefined ? {} : { error: `${failure.class}: ${failure.message}` }),
  }
}

/** As many digits as the sample file has. */
function micros(millis: Millis): Millis {
  return Math.round(millis * 1_000) / 1_000
}
