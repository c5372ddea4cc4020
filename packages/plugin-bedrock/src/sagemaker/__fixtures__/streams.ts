import { event, exception } from '../../event-stream/__fixtures__/messages.ts'

/** What InvokeEndpointWithResponseStream says of its answer. */
export const EVENT_STREAM = {
  'content-type': 'application/vnd.amazon.eventstream',
  'x-amzn-sagemaker-content-type': 'text/event-stream',
  'x-amzn-invoked-production-variant': 'AllTraffic',
}
export const JSON_BODY = { 'content-type': 'application/json' }

/** The container's bytes in parts of a size that cuts lines, JSON and characters. */
export function payload(bytes: string, size = 37): Uint8Array {
  const all = Buffer.from(bytes)
  const parts: Uint8Array[] = []
  for (let at = 0; at < all.length; at += size) parts.push(event('PayloadPart', all.subarray(at, at + size)))
  return Buffer.concat(parts)
}

/** The container's bytes, then an exception of SageMaker's. */
export function broken(bytes: string, type: string, told: object): Uint8Array {
  return Buffer.concat([payload(bytes), exception(type, told)])
}

export function sse(...events: readonly unknown[]): string {
  return events.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('')
}

export function lines(...objects: readonly unknown[]): string {
  return objects.map((one) => `${JSON.stringify(one)}\n`).join('')
}

const WORDS = ['Grüße', ' aus', ' 東京', '.']
export const TEXT = WORDS.join('')

/** As vLLM and SGLang stream a chat; TGI's Messages API and DJL LMI too, the latter without `data:`. */
export const CHAT_CHUNKS: readonly unknown[] = [
  { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] },
  ...WORDS.map((content) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
  { object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { object: 'chat.completion.chunk', choices: [], usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 } },
]

export const COMPLETION_CHUNKS: readonly unknown[] = [
  ...WORDS.map((text) => ({ object: 'text_completion', choices: [{ index: 0, text, finish_reason: null }] })),
  { object: 'text_completion', choices: [{ index: 0, text: '', finish_reason: 'length' }], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
]

/** TGI's own form: every event a token, the last one a special one. */
export const TGI_EVENTS: readonly unknown[] = [
  ...WORDS.map((text, at) => ({ index: at + 1, token: { id: at, text, logprob: -0.1, special: false }, generated_text: null, details: null })),
  {
    index: WORDS.length + 1,
    token: { id: 2, text: '</s>', logprob: -0.1, special: true },
    generated_text: TEXT,
    details: { finish_reason: 'eos_token', generated_tokens: 5, seed: null, input_length: 9 },
  },
]

/** DJL LMI's own form, of its rolling batch. */
export const DJL_LINES: readonly unknown[] = WORDS.map((text, at) => ({
  token: { id: at, text, log_prob: -0.1 },
  ...(at < WORDS.length - 1
    ? {}
    : { generated_text: TEXT, details: { finish_reason: 'length', generated_tokens: 4, inputs: 'Hallo' } }),
}))

/** The same of its vLLM handler, which numbers its lines and counts one token too many. */
export const DJL_VLLM_LINES: readonly unknown[] = WORDS.map((text, at) => ({
  index: 0,
  token: { id: at, text, logprob: -0.1 },
  ...(at < WORDS.length - 1
    ? { generated_text: null, details: null }
    : { generated_text: TEXT, details: { finish_reason: 'length', seed: null, generated_tokens: 5, input_length: 9 } }),
}))

/** How DJL gives up in the middle of an answer. */
export const DJL_FAILURE = {
  token: { id: -1, text: '', log_prob: -1, special_token: true },
  generated_text: '',
  details: { finish_reason: 'error', generated_tokens: null, inputs: null },
}
