import { LoadbenchError } from '../model/errors.ts'
import type { Paint } from '../outputs/console/paint.ts'
import { stackOf } from '../script/load.ts'

/** An error as the terminal shows it: code, what was wrong where, what to do. */
export function failureText(error: unknown, paint: Paint): string {
  if (!LoadbenchError.is(error)) return `${paint.bad('error')} ${stackOf(error)}\n`
  return `${paint.bad(error.code)} ${error.message}\n\n${error.hint}\n`
}
