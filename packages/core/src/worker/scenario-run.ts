import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { ScenarioProgress } from '../model/snapshot.ts'
import type { ScenarioFacts } from '../script/scope.ts'
import type { TickerClock } from './ticker.ts'

/** One scenario's stripe under way on one worker. */
export interface ScenarioRun {
  /** Begins; `origin` is the start of the scenario on the shared clock. @returns settles when nothing of it runs any more. */
  run(origin: Millis): Promise<void>
  /** Starts nothing new; what runs gets the scenario's gracefulStop. */
  stop(): void
  /** Cuts off what runs. */
  interrupt(): void
  progress(): ScenarioProgress
}

/** Counts of a scenario's stripe. */
export interface ScenarioCounts {
  started: number
  completed: number
  dropped: number
  interrupted: number
}

/**
 * The facts `exec.scenario` gives, for a scenario that starts at `origin` and regularly ends after `length`.
 * @param share the part of its iterations that is done, where their number ends it.
 */
export function factsOf(
  plan: ScenarioPlan,
  clock: TickerClock,
  origin: () => Millis,
  length: Millis,
  share: () => number = () => 0,
): ScenarioFacts {
  const wallOffset = Date.now() - clock.now()
  return {
    name: plan.name,
    executor: plan.executor,
    env: plan.env,
    get startTime() {
      return wallOffset + origin()
    },
    progress: () => Math.min(1, Math.max(share(), (clock.now() - origin()) / Math.max(1, length), 0)),
  }
}
