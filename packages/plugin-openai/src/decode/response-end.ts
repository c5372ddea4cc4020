import { isObject, isText, type JsonObject, type Part } from 'loadbench/plugin'
import { errorOfObject } from './error.ts'
import { readUsage } from './usage.ts'

/**
 * What the end of a response says: its token counts, and how it ended. The finish reason is its status, or
 * why it is incomplete. One that is still at work (`in_progress`, `queued`) has not ended.
 */
export function endOfResponse(response: JsonObject, status: unknown): readonly Part[] {
  const { usage } = response
  const counts = isObject(usage) ? readUsage(usage) : undefined
  return counts === undefined ? endParts(response, status) : [counts, ...endParts(response, status)]
}

function endParts(response: JsonObject, status: unknown): Part[] {
  switch (status) {
    case 'completed':
      return [{ type: 'finish', reason: status }]
    case 'incomplete':
      return incomplete(response['incomplete_details'])
    case 'failed':
    case 'cancelled': {
      const { error } = response
      if (isObject(error)) return [errorOfObject({ error }, 200)]
      return [
        { type: 'error', class: 'stream_error', code: status, message: `the response ended as ${status}` },
      ]
    }
    default:
      return []
  }
}

/** Cut short is an end like any other, but for the filter: that is an error as well. */
function incomplete(details: unknown): Part[] {
  const told = isObject(details) ? details['reason'] : undefined
  const reason = isText(told) ? told : 'incomplete'
  const finish: Part = { type: 'finish', reason }
  if (reason !== 'content_filter') return [finish]
  const message = "the server's content filter ended the answer"
  return [{ type: 'error', class: 'content_filter', code: reason, message }, finish]
}
