import { LoadbenchError } from '../model/errors.ts'
import type { Tags } from '../model/tags.ts'

/** Tags that say where a sample belongs, or what became of it: a script's own value would hide it from its metric. */
const RESERVED = ['scenario', 'group', 'outcome', 'error', 'token_source'] as const

/**
 * The tags of a client or a call, if it may have them.
 * @throws LB_CALL_INVALID naming one that is loadbench's own.
 */
export function checkTags(tags: Tags): Tags {
  const taken = RESERVED.find((name) => Object.hasOwn(tags, name))
  if (taken === undefined) return tags
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `the tag "${taken}" is set by loadbench itself`,
    `Choose another name; taken are: ${RESERVED.join(', ')}.`,
  )
}
