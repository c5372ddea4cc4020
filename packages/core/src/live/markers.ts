import type { Millis } from '../model/clock.ts'
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
  return plan.stages.map(({ duration, target }, index) => {
    const at = begins / 1_000
    begins += duration
    const aim =
      'timeUnit' in plan ? rateWords(target, plan.timeUnit) : `${target} VU${target === 1 ? '' : 's'}`
    return {
      at,
      kind: 'stage',
      label: `stage ${index + 1} of ${plan.stages.length}: to ${aim}`,
      scenario: plan.name,
    }
  })
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
