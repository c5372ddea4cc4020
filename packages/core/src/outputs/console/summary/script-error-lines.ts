import type { Summary } from '../../../model/summary.ts'
import { plain } from '../../figures.ts'
import { oneLine } from '../one-line.ts'
import type { Paint } from '../paint.ts'
import { indented } from './indented.ts'

const MOST_MESSAGES = 3

/** What the script threw and did not catch; the stacks were printed when they came. */
export function scriptErrorLines(
  { scriptErrors = [] }: Pick<Summary, 'scriptErrors'>,
  paint: Paint,
  most = MOST_MESSAGES,
): string[] {
  return scriptErrors.flatMap(({ kind, scenario, count, messages }) => {
    const shown = messages.slice(0, most)
    const further = shown.reduce((rest, one) => rest - one.count, count)
    const what = kind === 'iteration' ? `failed iterations of ${oneLine(scenario)}` : 'unhandled rejections'
    return [
      `${paint.bad(what)}  ${plain(count)}×`,
      ...shown.flatMap((one) =>
        indented(`${one.count === count ? '' : `${plain(one.count)}× `}${oneLine(one.message)}`, 2, paint),
      ),
      ...(further > 0 ? indented(`${plain(further)}× other messages`, 2, paint) : []),
    ]
  })
}
