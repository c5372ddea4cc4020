import { isObject, isText, type Part } from 'loadbench/plugin'

/** The end of an answer. Why it ended is in its `details`; without them nobody knows. */
export function finishOf(details: unknown): Part {
  const reason = isObject(details) && isText(details['finish_reason']) ? details['finish_reason'] : 'unknown'
  if (reason !== 'error') return { type: 'finish', reason }
  // Not TGI's, but of DJL, which speaks this protocol on SageMaker and fails in it.
  return {
    type: 'error',
    class: 'stream_error',
    code: reason,
    message: 'the server ended the answer with finish_reason "error"',
  }
}
