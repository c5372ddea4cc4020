import type { Refusal } from '../faults.ts'
import { jsonReply, type Reply } from '../protocol.ts'

interface Words {
  readonly status: number
  readonly type: string
  readonly message: string
}

const OVERLOADED: Words = { status: 429, type: 'overloaded', message: 'Model is overloaded' }
const INVALID: Words = {
  status: 422,
  type: 'validation',
  message: 'Input validation error: the request is not valid',
}

/** TGI knows four kinds of error; what it has no name for goes by the nearest. `auth` has no body at all. */
const REFUSED: Readonly<Record<Exclude<Refusal, 'auth'>, Words>> = {
  'rate-limit': OVERLOADED,
  overloaded: OVERLOADED,
  'server-error': {
    status: 424,
    type: 'generation',
    message: 'Request failed during generation: Server error: the simulator was told to fail',
  },
  'bad-request': INVALID,
  'model-not-found': { ...INVALID, message: 'Input validation error: the model does not exist' },
  'context-length': {
    ...INVALID,
    message: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096',
  },
}

/** An error of a route that answers in one piece. */
export function refuseWhole(refusal: Refusal, message?: string): Reply {
  if (refusal === 'auth') return { status: 401, headers: {}, body: '' }
  const words = REFUSED[refusal]
  return jsonReply(words.status, bodyOf(words, message))
}

/** An error of a route that streams: an event in an answer of status 200. */
export function refuseStream(refusal: Refusal, message?: string): Reply {
  if (refusal === 'auth') return refuseWhole(refusal)
  return { status: 200, headers: STREAM_HEADERS, body: event(bodyOf(REFUSED[refusal], message)) }
}

export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
}

/** The event of an error inside a stream. */
export const STREAM_ERROR = event(bodyOf(REFUSED['server-error']))

function bodyOf({ type, message }: Words, own?: string) {
  return { error: own === undefined ? message : `Input validation error: ${own}`, error_type: type }
}

function event(data: object): string {
  return `data:${JSON.stringify(data)}\n\n`
}
