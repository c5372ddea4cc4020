import type { Plan } from '../model/plan.ts'
import type { ScenarioProgress, Snapshot } from '../model/snapshot.ts'
import type { ScenarioSummary } from '../model/summary.ts'
import { describe } from '../schedule/index.ts'

/** Where a scenario stands, its stripes on all workers together. */
export type Standing = Omit<ScenarioProgress, 'vus'>

/** Where each scenario stands, its stripes on all workers together. */
export class ScenarioTable {
  readonly #plan: Plan
  readonly #latest = new Map<string, ScenarioProgress>()

  constructor(plan: Plan) {
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
      }
    })
  }

  summaries(): ScenarioSummary[] {
    const standings = this.standings()
    return this.#plan.scenarios.map((scenario, index) => ({
      name: scenario.name,
      executor: scenario.executor,
      description: describe(scenario),
      started: standings[index]?.started ?? 0,
      completed: standings[index]?.completed ?? 0,
      dropped: standings[index]?.dropped ?? 0,
      interrupted: standings[index]?.interrupted ?? 0,
    }))
  }
}

function sum(
  progress: readonly ScenarioProgress[],
  field: 'started' | 'completed' | 'dropped' | 'interrupted' | 'activeVUs',
): number {
  return progress.reduce((total, one) => total + one[field], 0)
}
