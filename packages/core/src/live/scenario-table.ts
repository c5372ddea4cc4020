import type { Totals } from '../metrics/totals.ts'
import type { Plan } from '../model/plan.ts'
import type { ScenarioProgress, Snapshot } from '../model/snapshot.ts'
import type { ScenarioSummary } from '../model/summary.ts'
import { describe } from '../schedule/index.ts'

/** What the progress line needs of all scenarios together. */
export interface TableState {
  readonly errors: number
  readonly dropped: number
  /** Iterations started since the last call. */
  readonly started: number
  readonly activeVUs: number
}

/** Where each scenario stands, its stripes on all workers together. */
export class ScenarioTable {
  readonly #plan: Plan
  readonly #latest = new Map<string, ScenarioProgress>()
  #startedBefore = 0

  constructor(plan: Plan) {
    this.#plan = plan
  }

  observe({ shard, scenarios }: Snapshot): void {
    for (const progress of scenarios) this.#latest.set(`${shard} ${progress.name}`, progress)
  }

  state(totals: Totals): TableState {
    const all = [...this.#latest.values()]
    const started = sum(all, 'started')
    const since = started - this.#startedBefore
    this.#startedBefore = started
    return {
      errors: totals.select('request_failed', {})?.value('passes', totals.elapsed) ?? 0,
      dropped: sum(all, 'dropped'),
      started: since,
      activeVUs: sum(all, 'activeVUs'),
    }
  }

  summaries(): ScenarioSummary[] {
    return this.#plan.scenarios.map((scenario) => {
      const own = [...this.#latest.values()].filter(({ name }) => name === scenario.name)
      return {
        name: scenario.name,
        executor: scenario.executor,
        description: describe(scenario),
        started: sum(own, 'started'),
        completed: sum(own, 'completed'),
        dropped: sum(own, 'dropped'),
        interrupted: sum(own, 'interrupted'),
      }
    })
  }
}

function sum(
  progress: readonly ScenarioProgress[],
  field: 'started' | 'completed' | 'dropped' | 'interrupted' | 'activeVUs',
): number {
  return progress.reduce((total, one) => total + one[field], 0)
}
