import type { Refusal } from '../faults.ts'
import { jsonReply, type Reply } from '../protocol.ts'

interface Words {
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly message: string
}

const INVALID = 'invalid_request_error'

const REFUSED: Readonly<Record<Refusal, Words>> = {
  'rate-limit': {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: 'Rate limit reached for requests.',
  },
  'server-error': {
    status: 500,
    type: 'server_error',
    code: null,
    message: 'The server had an error while processing your request.',
  },
  overloaded: {
    status: 503,
    type: 'server_error',
    code: 'overloaded',
    message: 'The server is overloaded, too many requests are waiting.',
  },
  'bad-request': { status: 400, type: INVALID, code: null, message: 'The request is not valid.' },
  auth: { status: 401, type: INVALID, code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  'model-not-found': {
    status: 404,
    type: INVALID,
    code: 'model_not_found',
    message: 'The model does not exist.',
  },
  'context-length': {
    status: 400,
    type: INVALID,
    code: 'context_length_exceeded',
    message: "The prompt is longer than the model's context.",
  },
}

/** An error as OpenAI answers it; `rate-limit` and `overloaded` say when to come again. */
export function refuse(refusal: Refusal, settings: { readonly retryAfter: number }, message?: string): Reply {
  const words = REFUSED[refusal]
  const again = words.status === 429 || words.status === 503
  // The header counts whole seconds; the finer one is OpenAI's own.
  const headers = {
    'retry-after': String(Math.ceil(settings.retryAfter)),
    'retry-after-ms': String(Math.round(settings.retryAfter * 1_000)),
  }
  return errorReply(words.status, words.type, words.code, message ?? words.message, again ? headers : {})
}

/** Something asked for that this server does not have. */
export function unknownRoute(method: string, path: string): Reply {
  return errorReply(404, INVALID, 'unknown_url', `Unknown request URL: ${method} ${path}`)
}

export function wrongMethod(method: string, path: string, allowed: string): Reply {
  return errorReply(405, INVALID, 'method_not_supported', `${method} is not allowed on ${path}`, {
    allow: allowed,
  })
}

/** The `data:` line by which vLLM tells of an error inside a stream. */
export const STREAM_ERROR = `data: ${JSON.stringify({
  error: {
    message: 'The server had an error while generating.',
    type: 'InternalServerError',
    param: null,
    code: 500,
  },
})}\n\n`

function errorReply(
  status: number,
  type: string,
  code: string | null,
  message: string,
  headers: Reply['headers'] = {},
): Reply {
  return jsonReply(status, { error: { message, type, param: null, code } }, headers)
}
