import type { OptionValues } from './option-schemas.ts'

/** The options a scenario can be made from without being listed. */
type ShortcutKey = 'vus' | 'duration' | 'iterations' | 'stages'

/** The scenario that shortcuts stand for. */
export interface Shortcut {
  /** As a script could have written it. */
  readonly scenario: Readonly<Record<string, unknown>>
  /** Which option each of its fields came from. */
  readonly setBy: Readonly<Record<string, ShortcutKey>>
}

/** The scenario for `vus`, `duration`, `iterations` and `stages`, as k6 derives it. */
export function shortcutOf(values: Partial<OptionValues>): Shortcut {
  const { vus, duration, iterations, stages } = values
  if (stages !== undefined) {
    return {
      scenario: { executor: 'ramping-vus', startVUs: vus, stages },
      setBy: { executor: 'stages', startVUs: 'vus', stages: 'stages' },
    }
  }
  if (iterations !== undefined) {
    return {
      scenario: { executor: 'shared-iterations', vus, iterations, maxDuration: duration },
      setBy: { executor: 'iterations', vus: 'vus', iterations: 'iterations', maxDuration: 'duration' },
    }
  }
  if (duration !== undefined) {
    return {
      scenario: { executor: 'constant-vus', vus, duration },
      setBy: { executor: 'duration', vus: 'vus', duration: 'duration' },
    }
  }
  if (vus !== undefined) {
    return {
      scenario: { executor: 'shared-iterations', vus, iterations: vus },
      setBy: { executor: 'vus', vus: 'vus', iterations: 'vus' },
    }
  }
  return { scenario: { executor: 'per-vu-iterations' }, setBy: {} }
}
