import { isText, jsonText, type ErrorClass, type ErrorPart, type JsonObject } from 'loadbench/plugin'

/**
 * TGI's own errors: `error_type`, and how the message begins, which is all the Messages API gives. Those
 * that are not here are what their status says, and inside a 200 errors of the stream.
 */
const KINDS: readonly (readonly [type: string, beginning: string, ErrorClass])[] = [
  // Sent with status 429 where there is a status. It is no rate limit: the server has enough to do.
  ['overloaded', 'Model is overloaded', 'overloaded'],
  ['validation', 'Input validation error', 'http_4xx'],
  ['template_error', 'Template error', 'http_4xx'],
  ['missing_template_variable', 'Missing template va', 'http_4xx'],
  ['tool_error', 'Tool error', 'http_4xx'],
  ['incomplete_generation_stream', 'Incomplete generation stream', 'stream_truncated'],
]

/** Words of the validation that speak of the context's length, not of another parameter. */
const TOO_LONG =
  /`inputs` tokens \+ `max_new_tokens` must|`inputs` must have less than|`max_new_tokens` must be <=/

/** The error of an object `{error, error_type}`. */
export function errorOf({ error, error_type: type }: JsonObject): ErrorPart {
  const message = isText(error) ? error : jsonText(error)
  return classified({ type: 'error', message, ...(isText(type) ? { code: type } : {}) })
}

/** An error with the class that TGI's words for it stand for. */
export function classified(error: ErrorPart): ErrorPart {
  const { code, message } = error
  for (const [type, beginning, errorClass] of KINDS) {
    if (code !== type && !message.startsWith(beginning)) continue
    return {
      ...error,
      class: errorClass === 'http_4xx' && TOO_LONG.test(message) ? 'context_length' : errorClass,
    }
  }
  return error
}
