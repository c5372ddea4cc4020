import type { Plan } from '../model/plan.ts'
import { formatDuration } from '../model/duration.ts'
import { headerText } from '../outputs/console/header.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { noteText } from '../outputs/console/summary/ending-lines.ts'
import { WIDTH } from '../outputs/console/summary/sections.ts'
import type { Resolution } from '../plan/index.ts'
import { wrap } from '../outputs/console/wrap.ts'
import type { LoadedScript } from '../script/load.ts'
import { describe, latestEnd, longestGracefulStop, maximumVusOf } from '../schedule/index.ts'

/** What a run is called by, beside its plan. */
export interface OpeningFacts {
  readonly version: string
  readonly script: string
  readonly targets: readonly string[]
  readonly folder: string
}

/** What is printed before a run begins: the plan in words, and what is doubtful about it while there is time to stop. */
export function openingText(
  { plan, warnings }: Pick<Resolution, 'plan' | 'warnings'>,
  facts: OpeningFacts,
  paint: Paint,
): string {
  const scenarios = plan.scenarios.map((scenario) => ({
    name: scenario.name,
    description: describe(scenario),
  }))
  const { workers } = plan
  const maximumVus = maximumVusOf(plan.scenarios)
  const duration = formatDuration(latestEnd(plan.scenarios))
  const header = headerText({ ...facts, workers, maximumVus, duration, scenarios }, paint)
  const doubts = warnings.map((warning) => `${noteText(warning, paint)}\n`)
  return [header, ...doubts, ...(doubts.length > 0 ? ['\n'] : [])].join('')
}

/** What the first signal to stop brings about in setup() and before it, which is cut off. */
export function cancellingText(signal: string): string {
  return `  ${signal}: ending before the load begins, so nothing is torn down; send it again to end at once`
}

/** What it brings about later, for a terminal of 80 columns. */
export function stoppingText(
  signal: string,
  plan: Plan,
  { teardown }: Pick<LoadedScript, 'teardown'>,
): string {
  const longest = formatDuration(longestGracefulStop(plan.scenarios))
  const last = teardown === undefined || plan.noTeardown ? '' : ', then for teardown()'
  const first = `${signal}: starting nothing new and waiting up to ${longest} for what runs${last};`
  return [...wrap(first, WIDTH), 'send it again to end at once'].map((line) => `  ${line}`).join('\n')
}
