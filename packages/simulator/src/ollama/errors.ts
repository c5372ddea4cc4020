import type { Refusal } from '../faults.ts'
import { jsonReply, type Reply } from '../protocol.ts'

const REFUSED: Readonly<Record<Refusal, readonly [status: number, message: string]>> = {
  'rate-limit': [429, 'too many concurrent requests'],
  'server-error': [500, 'model runner has unexpectedly stopped'],
  overloaded: [503, 'server busy, please try again.  maximum pending requests exceeded'],
  'bad-request': [400, 'invalid request'],
  auth: [401, 'unauthorized'],
  'model-not-found': [404, 'model not found'],
  'context-length': [400, 'the input length exceeds the context length'],
}

/** An error as Ollama answers it. */
export function refuse(refusal: Refusal, _behaviour?: unknown, message?: string): Reply {
  const [status, words] = REFUSED[refusal]
  return jsonReply(status, { error: message ?? words })
}

/** The line of an error inside a stream. */
export const STREAM_ERROR = `${JSON.stringify({ error: 'an error was encountered while running the model' })}\n`
