import type { Call, ResponseHead } from 'loadbench/plugin'

export const STREAM: ResponseHead = { status: 200, headers: { 'content-type': 'text/event-stream' } }
export const WHOLE: ResponseHead = { status: 200, headers: { 'content-type': 'application/json' } }

export const GENERATE = {
  kind: 'completion',
  prompt: 'What is Deep Learning?',
  maxTokens: 20,
} as const satisfies Call
export const CHAT = {
  kind: 'chat',
  messages: [{ role: 'user', content: 'What is Deep Learning?' }],
} as const satisfies Call

/** Events as TGI's server writes them. */
export function sse(...events: readonly unknown[]): string {
  return events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('')
}

/** A token that is not the last one. */
export function token(index: number, text: string, special = false): object {
  return { index, token: { id: 100 + index, text, logprob: -0.5, special }, generated_text: null, details: null }
}

/** The last token, with the whole text. Without details, as when they were not asked for. */
export function last(index: number, text: string, whole: string, details: object | null, special = false): object {
  return { ...token(index, text, special), generated_text: whole, details }
}

export function details(finishReason: string, generated: number, input: number): object {
  return { finish_reason: finishReason, generated_tokens: generated, seed: null, input_length: input }
}

/** A chunk of the Messages API. */
export function chunk(delta: object | undefined, rest: object = {}): object {
  const choice = { index: 0, delta: { role: 'assistant', ...delta }, logprobs: null, finish_reason: null, ...rest }
  return {
    object: 'chat.completion.chunk',
    id: '',
    created: 1706270978,
    model: 'teknium/OpenHermes-2.5-Mistral-7B',
    system_fingerprint: '3.3.4-native',
    choices: delta === undefined ? [] : [choice],
    usage: null,
  }
}

/** The chunk with the counts, which comes last. */
export function usageChunk(input: number, output: number): object {
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
  return { ...chunk(undefined), usage }
}

/** A part of a tool call. */
export function toolChunk(text: string, name: string | null = null): object {
  return chunk({ tool_calls: [{ index: 0, id: '0', type: 'function', function: { name, arguments: text } }] })
}
