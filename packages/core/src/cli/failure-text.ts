import { LoadbenchError } from '../model/errors.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { wrapHanging } from '../outputs/console/wrap.ts'
import { stackOf } from '../script/load.ts'

/**
 * An error as the terminal shows it: code, what was wrong where, what to do.
 * @param width of a line on a terminal; lines stay whole where nobody reads them on one.
 */
export function failureText(error: unknown, paint: Paint, width?: number): string {
  if (!LoadbenchError.is(error)) return `${paint.bad('error')} ${stackOf(error)}\n`
  const { code } = error
  const text = `${code} ${error.message}\n\n${error.hint}\n`
  const lines = width === undefined ? text : wrapHanging(text, width).join('\n')
  return `${paint.bad(code)}${lines.slice(code.length)}`
}
