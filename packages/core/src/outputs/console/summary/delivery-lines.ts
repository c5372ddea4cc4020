import type { ScenarioSummary } from '../../../model/scenario-summary.ts'
import type { Summary } from '../../../model/summary.ts'
import { figure, percent, plain } from '../../figures.ts'
import type { Paint } from '../paint.ts'
import { tableText } from '../table.ts'

/** Less than this share of the scheduled starts is not the load of the scenario any more. */
const WHOLE = 0.99

/** A line for each arrival rate: how much of it came about. @param lacking only those that lack some of it. */
export function deliveryLines({ scenarios }: Summary, paint: Paint, lacking = false): string[] {
  const shown = scenarios.filter((one) => one.delivery !== undefined && (!lacking || isLacking(one)))
  const table = tableText(shown.map(cellsOf), 4)
  return shown.map(
    (one, index) => `${isLacking(one) ? paint.warn('!') : paint.good('✓')} ${table[index] ?? ''}`,
  )
}

/** One start less is the rounding of the end. */
function isLacking({ started, dropped, delivery }: ScenarioSummary): boolean {
  if (delivery === undefined || started >= WHOLE * delivery.intended) return false
  return dropped > 0 || delivery.intended - started > 1
}

function cellsOf({ name, started, dropped, delivery }: ScenarioSummary): string[] {
  const { intended = 0, intendedRate = 0, achievedRate = 0, late = 0 } = delivery ?? {}
  return [
    name,
    `${figure(achievedRate, '')} of ${figure(intendedRate, '')} iterations/s`,
    percent(intended === 0 ? 1 : started / intended),
    `${plain(dropped)} dropped, ${plain(late)} late`,
  ]
}
