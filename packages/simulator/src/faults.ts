import type { Random } from './random.ts'

/** Everything that can be made to go wrong, with what happens; statuses are those of OpenAI. */
export const FAULTS = {
  'rate-limit': '429 with Retry-After',
  'server-error': '500',
  overloaded: '503 with Retry-After',
  'bad-request': '400',
  auth: '401, the key is refused',
  'model-not-found': '404, the model is not served',
  'context-length': '400, the prompt is too long for the model',
  'html-error': '502 with a page of HTML, as a proxy answers',
  'reset-before-headers': 'the connection is reset before anything is answered',
  'slow-headers': 'status and headers, and all that follows, come late by `slowHeaders`',
  'stall-before-first-token': 'headers, then nothing for ever',
  stall: 'nothing more for ever after `faultAfter` tokens; the connection stays',
  'reset-mid-stream': 'the connection is reset after `faultAfter` tokens',
  truncate: 'the stream ends after `faultAfter` tokens, without finish reason and end mark',
  'stream-error': 'an error inside the stream after `faultAfter` tokens, no [DONE]',
  'stream-error-done': 'an error inside the stream after `faultAfter` tokens, then [DONE]',
  malformed: 'a line that is no JSON after `faultAfter` tokens; the stream goes on',
  'no-done': 'finish reason, but no [DONE], where there is one',
  'content-filter': 'the answer ends after `faultAfter` tokens with finish reason content_filter',
  empty: 'the stream ends well, but holds no token',
  'not-streamed': 'one JSON document, although a stream was asked for',
} as const satisfies Readonly<Record<string, string>>

export type FaultName = keyof typeof FAULTS
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

/** Faults that are an HTTP error in the protocol's own form. */
export const REFUSALS = [
  'rate-limit',
  'server-error',
  'overloaded',
  'bad-request',
  'auth',
  'model-not-found',
  'context-length',
] as const satisfies readonly FaultName[]
export type Refusal = (typeof REFUSALS)[number]

export function isRefusal(fault: FaultName | undefined): fault is Refusal {
  return REFUSALS.some((name) => name === fault)
}

/** Probability of each fault; the rest of 1 is a good answer. */
export type FaultOdds = Readonly<Partial<Record<FaultName, number>>>

/** Which fault a request gets, if any. Takes one draw whatever the odds. */
export function chooseFault(odds: FaultOdds, random: Random): FaultName | undefined {
  let left = random()
  for (const name of FAULT_NAMES) {
    left -= odds[name] ?? 0
    if (left < 0) return name
  }
  return undefined
}
