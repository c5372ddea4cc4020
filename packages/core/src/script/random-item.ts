import { LoadbenchError } from '../model/errors.ts'
import { currentScope } from './scope.ts'

/**
 * One item of `items`, each as likely. Inside a run it follows `options.seed`: the same VU draws the
 * same items in every run.
 * @throws LB_CALL_INVALID for an empty list.
 */
export function randomItem<T>(items: { readonly length: number; readonly [index: number]: T }): T {
  if (items.length === 0) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      'randomItem() was given an empty list',
      'Give it at least one item.',
    )
  }
  const random = currentScope()?.vu.random ?? Math.random
  return items[Math.floor(random() * items.length)] as T
}
