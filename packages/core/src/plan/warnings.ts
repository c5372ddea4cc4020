import { formatDuration } from '../model/duration.ts'
import type { Plan, ScenarioPlan } from '../model/plan.ts'
import { didYouMean } from './nearest.ts'

/**
 * What a plan asks for that its author may not have meant. Whole sentences.
 * @param origins who set each option; see `resolvePlan`.
 */
export function planWarnings(plan: Plan, origins: Readonly<Record<string, string>>): string[] {
  return [
    ...plan.scenarios.flatMap((scenario) => cutRampDown(scenario, origins)),
    ...idleWorkers(plan, origins),
    ...strangeScenarios(plan),
    ...strangeGroups(plan),
  ]
}

function cutRampDown(scenario: ScenarioPlan, origins: Readonly<Record<string, string>>): string[] {
  if (scenario.executor !== 'ramping-vus' || scenario.gracefulStop >= scenario.gracefulRampDown) return []
  const path = `scenarios.${scenario.name}`
  if (origins[`${path}.gracefulRampDown`] === 'default') return []
  const [down, stop] = [scenario.gracefulRampDown, scenario.gracefulStop].map(formatDuration)
  return [
    `${path}: VUs that leave near the end have no gracefulRampDown of ${down}, because the shorter gracefulStop of ${stop} ends the scenario.`,
  ]
}

function idleWorkers({ workers, scenarios }: Plan, origins: Readonly<Record<string, string>>): string[] {
  const vus = scenarios.reduce((sum, scenario) => sum + maximumVus(scenario), 0)
  if (workers <= vus || origins.workers === 'default') return []
  return [`workers: ${workers} are more than the ${vus} VUs of the plan; some will have nothing to do.`]
}

/** The most VUs a scenario may have at once. */
function maximumVus(scenario: ScenarioPlan): number {
  if ('maxVUs' in scenario) return scenario.maxVUs
  if ('vus' in scenario) return scenario.vus
  return Math.max(scenario.startVUs, ...scenario.stages.map(({ target }) => target))
}

/** A threshold on a scenario that does not exist never has data, and so fails after the whole load was sent. */
function strangeScenarios({ thresholds, scenarios }: Plan): string[] {
  const names = scenarios.map(({ name }) => name)
  const keys = new Map(thresholds.map(({ key, selector }) => [key, selector.scenario]))
  return [...keys].flatMap(([key, name]) =>
    name === undefined || names.includes(name)
      ? []
      : [
          `thresholds.${key}: there is no scenario "${name}"${didYouMean(name, names) || `; there are ${names.join(', ')}`}`,
        ],
  )
}

/** The tag of a group is its path: one that is asked for by its name alone never has data. */
function strangeGroups({ thresholds }: Plan): string[] {
  const keys = new Map(thresholds.map(({ key, selector }) => [key, selector['group']]))
  return [...keys].flatMap(([key, group = '']) =>
    group === '' || group.startsWith('::')
      ? []
      : [`thresholds.${key}: the tag of a group begins with ::, as in group:::${group}`],
  )
}
