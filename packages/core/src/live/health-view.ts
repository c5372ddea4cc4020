import { availableParallelism } from 'node:os'
import type { HealthInput } from '../health/health-input.ts'
import { judge } from '../health/verdict.ts'
import { WorkerReadings } from '../health/worker-readings.ts'
import type { Totals } from '../metrics/totals.ts'
import { TrendAggregate } from '../metrics/trend.ts'
import type { Millis } from '../model/clock.ts'
import type { Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { HealthSummary, ScenarioSummary } from '../model/summary.ts'
import { isOpen, plannedIterations, regularEnd } from '../schedule/index.ts'

/** Brings together what the verdict on the generator is made from. */
export class HealthView {
  readonly #plan: Plan
  readonly #readings = new WorkerReadings()
  readonly #died: number[] = []

  constructor(plan: Plan) {
    this.#plan = plan
  }

  observe(snapshot: Snapshot): void {
    this.#readings.add(snapshot)
  }

  died(shard: number): void {
    this.#died.push(shard)
  }

  /** Only the open model has a schedule of starts to keep. Of a run cut short it is known as far as it was followed. */
  #starts(scenarios: readonly ScenarioSummary[], elapsed: Millis): HealthInput['starts'] {
    return this.#plan.scenarios.filter(isOpen).map((plan) => {
      const { started = 0, dropped = 0 } = scenarios.find(({ name }) => name === plan.name) ?? {}
      const cameToItsEnd = elapsed >= plan.startTime + regularEnd(plan)
      const planned = cameToItsEnd ? plannedIterations(plan) : undefined
      return { scenario: plan.name, intended: planned ?? started + dropped, started, dropped }
    })
  }

  verdict(totals: Totals, scenarios: readonly ScenarioSummary[]): HealthSummary {
    const valueOf = (metric: string, aggregation: string) =>
      totals.select(metric, {})?.value(aggregation, totals.elapsed)
    return judge({
      workers: this.#readings.health(),
      died: this.#died,
      threads: this.#plan.workers,
      cores: availableParallelism(),
      ttftMedian: valueOf('ttft', 'med'),
      durationMedian: valueOf('request_duration', 'med'),
      itlP95: valueOf('itl', 'p(95)'),
      starts: this.#starts(scenarios, totals.elapsed),
      clamped: clampedOf(totals),
      foldedTagSets: totals.foldedTagSets,
    })
  }
}

function clampedOf(totals: Totals): HealthInput['clamped'] {
  return totals.names().flatMap((metric) => {
    const aggregate = totals.select(metric, {})
    if (!(aggregate instanceof TrendAggregate) || aggregate.clamped === 0) return []
    return [{ metric, clamped: aggregate.clamped, count: aggregate.count }]
  })
}
