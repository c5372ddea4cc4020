import type { Answer } from '../answer.ts'
import type { Facts, Reply } from '../protocol.ts'
import type { TgiAsk } from './request.ts'

export const COMPUTE_TYPE = 'cpu'

/** What TGI tells in headers of an answer in one piece; whole milliseconds, but `x-compute-time` in s. */
export function timingHeaders(answer: Answer, facts: Facts<TgiAsk>): Reply['headers'] {
  const { queue, elapsed } = facts.times()
  const millis = (duration: number) => String(Math.floor(duration))
  return {
    'x-compute-type': COMPUTE_TYPE,
    'x-compute-time': ((queue + elapsed) / 1_000).toFixed(6),
    'x-compute-characters': String(facts.ask.inputs.length),
    'x-total-time': millis(queue + elapsed),
    'x-validation-time': '0',
    'x-queue-time': millis(queue),
    'x-inference-time': millis(elapsed),
    'x-time-per-token': millis(elapsed / Math.max(1, answer.outputTokens)),
    'x-prompt-tokens': String(answer.promptTokens),
    'x-generated-tokens': String(answer.outputTokens),
  }
}
