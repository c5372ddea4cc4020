import { LoadbenchError } from '../model/errors.ts'

/** What a script asked for cannot be sent. @param hint what to write instead. */
export function invalid(problem: string, hint: string): LoadbenchError {
  return new LoadbenchError('LB_CALL_INVALID', problem, hint)
}
