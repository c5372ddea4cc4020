import type { Millis } from '../model/clock.ts'
import type { Marker } from '../model/summary.ts'
import type { ThresholdVerdict } from '../thresholds/evaluate.ts'
import { parseThreshold } from '../thresholds/parse.ts'

/** Of each threshold the latest are kept: one that hovers around its bound would fill the chart. */
const MOST_CROSSINGS = 5

interface Watched {
  held: boolean
  crossings: Marker[]
}

/** Notes when thresholds that held hold no more. */
export class Crossings {
  readonly #watched = new Map<ThresholdVerdict['plan'], Watched>()

  /** To be called with the verdicts of each second, in order. */
  observe(verdicts: readonly ThresholdVerdict[], elapsed: Millis): void {
    for (const { plan, passed, noData } of verdicts) {
      if (noData) continue
      const watched = this.#watched.get(plan) ?? { held: startsHolding(plan.expression), crossings: [] }
      this.#watched.set(plan, watched)
      if (watched.held && !passed) {
        const label = `${plan.key} ${plan.expression}`
        watched.crossings.push({ at: elapsed / 1_000, kind: 'threshold', label })
        watched.crossings = watched.crossings.slice(-MOST_CROSSINGS)
      }
      watched.held = passed
    }
  }

  markers(): Marker[] {
    return Array.from(this.#watched.values(), ({ crossings }) => crossings).flat()
  }
}

/** What may not be exceeded holds until it is; what must be reached (`count>100`) does not hold at first. */
function startsHolding(expression: string): boolean {
  const parsed = parseThreshold(expression)
  return !('problem' in parsed) && parsed.operator.startsWith('<')
}
