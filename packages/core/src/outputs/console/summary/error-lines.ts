import type { ErrorExample } from '../../../model/error-summary.ts'
import type { Summary } from '../../../model/summary.ts'
import { plain } from '../../figures.ts'
import { shownMessages, type ShownMessage } from '../../messages.ts'
import { oneLine } from '../one-line.ts'
import type { Paint } from '../paint.ts'
import { indented } from './indented.ts'
import { seconds } from './seconds.ts'

const MOST_MESSAGES = 3

/** The classes of failures, each with the messages that came most often. */
export function errorLines({ errors }: Summary, paint: Paint, most = MOST_MESSAGES): string[] {
  return errors.flatMap((error) => {
    const { shown, further } = shownMessages(error, most)
    const single = shown.length === 1 && further === 0
    return [
      `${paint.bad(error.class)}  ${plain(error.count)}×`,
      ...shown.flatMap((one) => indented(messageText(one, single), 2, paint)),
      ...(further > 0 ? indented(`${plain(further)}× other messages`, 2, paint) : []),
    ]
  })
}

/** `70× service unavailable (at 3.2s in spike, id 1-7)`; the place before the message would push it away. */
function messageText({ message, count, first }: ShownMessage, single: boolean): string {
  const times = single || count === undefined ? '' : `${plain(count)}× `
  const place = first === undefined ? '' : ` (${(count ?? 1) > 1 ? 'first ' : ''}${placeOf(first)})`
  return `${times}${oneLine(message)}${place}`
}

function placeOf({ at, scenario, id }: ErrorExample): string {
  return [
    `at ${seconds(at)}${scenario === '' ? '' : ` in ${scenario}`}`,
    ...(id === '' ? [] : [`id ${oneLine(id)}`]),
  ].join(', ')
}
