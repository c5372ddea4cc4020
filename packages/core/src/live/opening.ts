import type { Plan } from '../model/plan.ts'
import { formatDuration } from '../model/duration.ts'
import { headerText } from '../outputs/console/header.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { describe, latestEnd, maximumVusOf } from '../schedule/index.ts'

/** What a run is called by, beside its plan. */
export interface OpeningFacts {
  readonly version: string
  readonly script: string
  readonly targets: readonly string[]
  readonly folder: string
}

/** What is printed before a run begins: the plan in words. */
export function openingText(plan: Plan, facts: OpeningFacts, paint: Paint): string {
  const scenarios = plan.scenarios.map((scenario) => ({
    name: scenario.name,
    description: describe(scenario),
  }))
  const { workers } = plan
  const maximumVus = maximumVusOf(plan.scenarios)
  const duration = formatDuration(latestEnd(plan.scenarios))
  return headerText({ ...facts, workers, maximumVus, duration, scenarios }, paint)
}
