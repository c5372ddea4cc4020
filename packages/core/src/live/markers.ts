import type { Millis } from '../model/clock.ts'
import { formatDuration } from '../model/duration.ts'
import type { Plan, ScenarioPlan, StagePlan } from '../model/plan.ts'
import type { ErrorSummary } from '../model/error-summary.ts'
import type { Marker } from '../model/summary.ts'
import { rateWords } from '../schedule/index.ts'

/** Where the stages of ramps begin, as far as the run came. */
export function stageMarkers({ scenarios }: Pick<Plan, 'scenarios'>, until: Millis): Marker[] {
  return scenarios
    .flatMap((plan) => ('stages' in plan ? markersOf(plan) : []))
    .filter(({ at }) => at * 1_000 <= until)
}

function markersOf(plan: ScenarioPlan & { readonly stages: readonly StagePlan[] }): Marker[] {
  let begins = plan.startTime
  // Numbered as the tag `stage` is.
  return plan.stages.map(({ duration, target }, index) => {
    const at = begins / 1_000
    begins += duration
    const aim =
      'timeUnit' in plan ? rateWords(target, plan.timeUnit) : `${target} VU${target === 1 ? '' : 's'}`
    return {
      at,
      kind: 'stage',
      label: `stage ${index}: to ${aim}`,
      scenario: plan.name,
    }
  })
}

/** The warm-ups of scenarios, as far as the run came. */
export function warmUpMarkers({ scenarios }: Pick<Plan, 'scenarios'>, until: Millis): Marker[] {
  return scenarios
    .filter(({ startTime, warmup = 0 }) => warmup > 0 && startTime <= until)
    .map(({ name, startTime, warmup = 0 }) => ({
      at: startTime / 1_000,
      until: Math.min(startTime + warmup, until) / 1_000,
      kind: 'warm-up',
      label: `warm-up of ${formatDuration(warmup)}, not measured`,
      scenario: name,
    }))
}

/** When each class of errors came for the first time. */
export function errorMarkers(errors: readonly Pick<ErrorSummary, 'class' | 'examples'>[]): Marker[] {
  return errors.flatMap(({ class: name, examples: [first] }) =>
    first === undefined
      ? []
      : [
          {
            at: first.at,
            kind: 'first-error',
            label: name,
            ...(first.scenario === '' ? {} : { scenario: first.scenario }),
          },
        ],
  )
}
