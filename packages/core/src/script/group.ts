import { now } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import { currentScope, runInScope } from './scope.ts'

const GROUP_DURATION = builtIn('group_duration')

/**
 * Runs `work` under the tag `group` (`::outer::inner` when nested) and records `group_duration`.
 * Async work is awaited, and its time counts.
 * @returns what `work` returns.
 */
export function group<T>(name: string, work: () => T): T {
  const outer = currentScope()
  if (outer === undefined) return work()
  const path = `${outer.group}::${name}`
  const scope = { vu: outer.vu, group: path, tags: { ...outer.tags, group: path } }
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
