import { now } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import { LoadbenchError } from '../model/errors.ts'
import { currentScope, runInScope, scopeOf } from './scope.ts'

const GROUP_DURATION = builtIn('group_duration')

/**
 * Runs `work` under the tag `group` (`::outer::inner` when nested) and records `group_duration`.
 * Async work is awaited, and its time counts.
 * @returns what `work` returns.
 * @throws LB_CALL_INVALID for a name with `::` in it.
 */
export function group<T>(name: string, work: () => T): T {
  const outer = currentScope()
  if (name.includes('::')) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `the group "${name}" has :: in its name`,
      'Nest groups instead; loadbench joins their names by ::.',
    )
  }
  if (outer === undefined) return work()
  const path = `${outer.group}::${name}`
  const scope = scopeOf(outer.vu, path)
  const startedAt = now()
  const done = () => {
    if (!scope.vu.closed) scope.vu.sink.add(GROUP_DURATION, now() - startedAt, scope.tags)
  }
  let result: T
  try {
    result = runInScope(scope, work)
  } catch (error) {
    done()
    throw error
  }
  if (!(result instanceof Promise)) {
    done()
    return result
  }
  // The same promise settles for the caller; the time is noted beside it, and its failure stays the caller's.
  result.then(done, done)
  return result
}
