import { availableParallelism } from 'node:os'
import type { HealthInput, Typical } from '../health/health-input.ts'
import { ProcessReadings } from '../health/process-readings.ts'
import { judge } from '../health/verdict.ts'
import { WorkerReadings } from '../health/worker-readings.ts'
import type { Totals } from '../metrics/totals.ts'
import { TrendAggregate } from '../metrics/trend.ts'
import type { Plan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { ScenarioSummary } from '../model/scenario-summary.ts'
import type { HealthSummary } from '../model/summary.ts'
import { isOpen } from '../schedule/index.ts'
import { everyRequestFailed } from './request-failures.ts'

/** Brings together what the verdict on the generator is made from. */
export class HealthView {
  readonly #plan: Plan
  readonly #readings = new WorkerReadings()
  readonly #process = new ProcessReadings()
  readonly #died: number[] = []

  constructor(plan: Plan) {
    this.#plan = plan
  }

  observe(snapshot: Snapshot): void {
    this.#readings.add(snapshot)
    if (snapshot.process !== undefined) this.#process.add(snapshot.process)
  }

  died(shard: number): void {
    this.#died.push(shard)
  }

  /** Only the open model has a schedule of starts to keep. */
  #starts(scenarios: readonly ScenarioSummary[]): HealthInput['starts'] {
    return this.#plan.scenarios.filter(isOpen).flatMap((plan) => {
      const found = scenarios.find(({ name }) => name === plan.name)
      if (found === undefined) return []
      const { started, dropped, delivery } = found
      return [{ scenario: plan.name, intended: delivery?.intended ?? started + dropped, started, dropped }]
    })
  }

  verdict(totals: Totals, scenarios: readonly ScenarioSummary[]): HealthSummary {
    return judge({
      workers: this.#readings.health(),
      process: this.#process.health(),
      died: this.#died,
      threads: this.#plan.workers,
      cores: availableParallelism(),
      typical: typicalTimes(totals),
      allFailed: everyRequestFailed(totals),
      starts: this.#starts(scenarios),
      clamped: clampedOf(totals),
      foldedTagSets: totals.foldedTagSets,
    })
  }
}

function valueOf(totals: Totals, metric: string, aggregation: string): number | undefined {
  return totals.select(metric, {})?.value(aggregation, totals.elapsed)
}

/** The first that was measured of `ttft`, the whole of an answer, a plain HTTP request; and `itl`. */
function typicalTimes(totals: Totals): readonly Typical[] {
  const wholes = ['ttft', 'e2e_latency', 'http_req_duration']
  const [whole] = wholes.flatMap((metric) => typicalOf(totals, metric))
  return [...(whole === undefined ? [] : [whole]), ...typicalOf(totals, 'itl')]
}

/**
 * By the median; by the average where that is less. Gaps of a stream add up to its length, however late
 * each was read, so pauses of the generator leave their average alone; and where tokens come in groups
 * their median is 0.
 */
function typicalOf(totals: Totals, metric: string): Typical[] {
  const median = valueOf(totals, metric, 'med') ?? 0
  const average = valueOf(totals, metric, 'avg') ?? 0
  if (average <= 0) return []
  return [
    median > 0 && median <= average
      ? { metric, time: median, by: 'median' }
      : { metric, time: average, by: 'average' },
  ]
}

function clampedOf(totals: Totals): HealthInput['clamped'] {
  return totals.names().flatMap((metric) => {
    const aggregate = totals.select(metric, {})
    if (!(aggregate instanceof TrendAggregate) || aggregate.clamped === 0) return []
    return [{ metric, clamped: aggregate.clamped, count: aggregate.count }]
  })
}
