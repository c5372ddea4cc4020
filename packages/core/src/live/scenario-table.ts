import type { Plan } from '../model/plan.ts'
import type { ScenarioProgress, Snapshot } from '../model/snapshot.ts'
import type { ScenarioSummary } from '../model/scenario-summary.ts'
import type { Totals } from '../metrics/totals.ts'
import { deliveryOf } from './delivery.ts'
import { describe } from '../schedule/index.ts'

/** Where a scenario stands, its stripes on all workers together. */
export type Standing = Omit<ScenarioProgress, 'vus'>

/** Where each scenario stands, its stripes on all workers together. */
export class ScenarioTable {
  readonly #plan: Pick<Plan, 'scenarios'>
  readonly #latest = new Map<string, ScenarioProgress>()

  constructor(plan: Pick<Plan, 'scenarios'>) {
    this.#plan = plan
  }

  observe({ shard, scenarios }: Snapshot): void {
    for (const progress of scenarios) this.#latest.set(`${shard} ${progress.name}`, progress)
  }

  /** In the order of the plan. */
  standings(): Standing[] {
    return this.#plan.scenarios.map(({ name }) => {
      const own = [...this.#latest.values()].filter((one) => one.name === name)
      return {
        name,
        started: sum(own, 'started'),
        completed: sum(own, 'completed'),
        dropped: sum(own, 'dropped'),
        interrupted: sum(own, 'interrupted'),
        activeVUs: sum(own, 'activeVUs'),
        done: own.length > 0 && own.every(({ done }) => done),
        ...followedOf(own),
      }
    })
  }

  summaries(totals: Totals): ScenarioSummary[] {
    const standings = this.standings()
    return this.#plan.scenarios.map((scenario, index) => {
      const { started = 0, completed = 0, dropped = 0, interrupted = 0, followed } = standings[index] ?? {}
      return {
        name: scenario.name,
        executor: scenario.executor,
        description: describe(scenario),
        started,
        completed,
        dropped,
        interrupted,
        ...deliveryOf(scenario, { started, dropped, followed }, totals),
      }
    })
  }
}

/** As long as the stripe that followed it longest; a worker that died told nothing. */
function followedOf(progress: readonly ScenarioProgress[]): Pick<ScenarioProgress, 'followed'> {
  const known = progress.flatMap(({ followed }) => followed ?? [])
  return known.length === 0 ? {} : { followed: Math.max(...known) }
}

function sum(
  progress: readonly ScenarioProgress[],
  field: 'started' | 'completed' | 'dropped' | 'interrupted' | 'activeVUs',
): number {
  return progress.reduce((total, one) => total + one[field], 0)
}
