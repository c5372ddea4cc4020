import { LoadbenchError } from '../model/errors.ts'
import { RESERVED_TAGS, type Tags } from '../model/tags.ts'

/**
 * The tags of a client, a call or a value, if it may have them.
 * @throws LB_CALL_INVALID naming one that is loadbench's own.
 */
export function checkTags(tags: Tags): Tags {
  const taken = RESERVED_TAGS.find((name) => Object.hasOwn(tags, name))
  if (taken === undefined) return tags
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `the tag "${taken}" is set by loadbench itself`,
    `Choose another name; taken are: ${RESERVED_TAGS.join(', ')}.`,
  )
}
