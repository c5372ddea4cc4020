import { builtIn } from '../model/metric.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { Tags } from '../model/tags.ts'
import { currentScope } from './scope.ts'
import { checkTags } from './tags.ts'

/** A condition: a function of the value, or a value whose truth counts. */
export type Predicate<T> = boolean | ((value: T) => unknown)

const CHECKS = builtIn('checks')

/**
 * Records whether conditions hold for `value`, one value of the rate `checks` for each, tagged
 * `check`. A failed check fails neither the iteration nor the run; put a threshold on `checks` for that.
 * @returns whether all of them hold.
 * @throws what a predicate throws, after recording it as failed (as in k6), and LB_CALL_INVALID for an async predicate, a name
 * with `::`, or a tag that loadbench sets itself.
 */
export function check<T>(
  value: T,
  conditions: Readonly<Record<string, Predicate<T>>>,
  tags: Tags = {},
): boolean {
  const unfit = Object.keys(conditions).find((name) => name.includes('::'))
  if (unfit !== undefined) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `the check "${unfit}" has :: in its name`,
      'Leave it out; :: joins the names of groups.',
    )
  }
  checkTags(tags)
  let all = true
  for (const [name, condition] of Object.entries(conditions)) {
    let holds = false
    try {
      const outcome = typeof condition === 'function' ? condition(value) : condition
      if (outcome instanceof Promise) throw asyncPredicate(name)
      holds = Boolean(outcome)
    } finally {
      record(name, holds, value, tags)
    }
    all &&= holds
  }
  return all
}

function record(name: string, holds: boolean, value: unknown, tags: Tags): void {
  const scope = currentScope()
  if (scope === undefined || scope.vu.closed) return
  if (!holds) scope.vu.sink.checkFailed(name, value)
  scope.vu.sink.add(CHECKS, holds ? 1 : 0, { ...scope.tags, ...tags, check: name })
}

function asyncPredicate(name: string): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `check "${name}" has an async condition, which is true before it is known`,
    'Await the value first, then check it with a plain function.',
  )
}
