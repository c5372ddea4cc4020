import type { ChatSettings, Call } from 'loadbench/plugin'
import type { ProviderAnswers } from 'loadbench/testing'
import { message } from '../../event-stream/__fixtures__/messages.ts'
import {
  broken,
  CHAT_CHUNKS,
  COMPLETION_CHUNKS,
  DJL_FAILURE,
  DJL_LINES,
  DJL_VLLM_LINES,
  EVENT_STREAM,
  JSON_BODY,
  lines,
  payload,
  sse,
  TEXT,
  TGI_EVENTS,
} from './streams.ts'

const CHAT = { kind: 'chat', messages: [{ role: 'user', content: 'Hallo' }], maxTokens: 16 } as const satisfies { kind: 'chat' } & ChatSettings
const COMPLETION: Call = { kind: 'completion', prompt: 'Hallo', maxTokens: 16 }
const stream = (body: Uint8Array, call: Call = CHAT) => ({ headers: EVENT_STREAM, body, call })
const whole = (body: object, call: Call) => ({ headers: JSON_BODY, body: JSON.stringify(body), call })
const http = (status: number, type: string, body: object) => ({
  status,
  headers: { ...JSON_BODY, 'x-amzn-errortype': type },
  body: JSON.stringify(body),
})
const chunk = (delta: object, finish: string | null = null) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })

/** Answers of endpoints, of every container and through every shape of error. */
export const ANSWERS: ProviderAnswers = {
  call: CHAT,
  text: {
    ...stream(payload(sse(...CHAT_CHUNKS, '[DONE]'))),
    text: TEXT,
    usage: { inputTokens: 9, outputTokens: 5 },
    finishReason: 'stop',
  },
  reasoning: {
    ...stream(payload(sse(chunk({ reasoning_content: 'Hm.' }), chunk({ content: 'Ja.' }), chunk({}, 'stop')))),
    reasoning: 'Hm.',
    text: 'Ja.',
  },
  toolCalls: {
    ...stream(
      payload(
        sse(
          chunk({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'weather', arguments: '' } }] }),
          chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":"東京"}' } }] }),
          chunk({}, 'tool_calls'),
        ),
      ),
    ),
    toolCalls: [{ name: 'weather', arguments: '{"city":"東京"}' }],
  },
  whole: {
    ...whole(
      {
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
      },
      { ...CHAT, stream: false },
    ),
    text: TEXT,
    usage: { inputTokens: 9, outputTokens: 5 },
    finishReason: 'stop',
  },
  others: {
    'a completion of vLLM': {
      ...stream(payload(sse(...COMPLETION_CHUNKS)), COMPLETION),
      text: TEXT,
      usage: { inputTokens: 9, outputTokens: 4 },
      finishReason: 'length',
    },
    'a chat of DJL, in JSON lines': {
      ...stream(payload(lines(...CHAT_CHUNKS))),
      text: TEXT,
      usage: { inputTokens: 9, outputTokens: 5 },
      finishReason: 'stop',
    },
    'a completion of TGI': {
      ...stream(payload(sse(...TGI_EVENTS)), COMPLETION),
      text: TEXT,
      usage: { inputTokens: 9, outputTokens: 5 },
      finishReason: 'eos_token',
    },
    'a completion of DJL': {
      ...stream(payload(lines(...DJL_LINES)), COMPLETION),
      text: TEXT,
      usage: { outputTokens: 4 },
      finishReason: 'length',
    },
    'a completion of DJL, in events': {
      ...stream(payload(sse(...DJL_LINES)), COMPLETION),
      text: TEXT,
      usage: { outputTokens: 4 },
      finishReason: 'length',
    },
    "a completion of DJL's vLLM handler": {
      ...stream(payload(lines(...DJL_VLLM_LINES)), COMPLETION),
      text: TEXT,
      usage: { inputTokens: 9, outputTokens: 4 },
      finishReason: 'length',
    },
    'a completion of DJL in one piece': {
      ...whole(
        { generated_text: TEXT, details: { finish_reason: 'length', generated_tokens: 4, inputs: 'Hallo', tokens: [] } },
        { ...COMPLETION, stream: false },
      ),
      text: TEXT,
      usage: { outputTokens: 4 },
      finishReason: 'length',
    },
    'a completion of TGI in one piece, which is a list': {
      ...whole([{ generated_text: TEXT, details: { finish_reason: 'eos_token', generated_tokens: 5, prefill: [], tokens: [] } }], {
        ...COMPLETION,
        stream: false,
      }),
      text: TEXT,
      usage: { outputTokens: 5 },
      finishReason: 'eos_token',
    },
  },
  errors: [
    { what: 'an endpoint that is not there', class: 'model_not_found', code: 'ValidationError', ...http(400, 'ValidationError', { Message: 'Endpoint none of account 1 not found.' }) },
    { what: 'no permission', class: 'auth', code: 'AccessDeniedException', ...http(403, 'AccessDeniedException', { Message: 'User is not authorized to perform: sagemaker:InvokeEndpoint' }) },
    { what: 'throttled', class: 'rate_limited', code: 'ThrottlingException', ...http(400, 'ThrottlingException', { Message: 'Rate exceeded' }) },
    { what: 'a model still loading', class: 'overloaded', code: 'ModelNotReadyException', ...http(429, 'ModelNotReadyException', { Message: 'not ready' }) },
    {
      what: 'a prompt too long for the container',
      class: 'context_length',
      code: 'ModelError',
      ...http(424, 'ModelError', {
        Message: 'Received client error (400) from primary',
        OriginalMessage: "This model's maximum context length is 4096 tokens.",
        OriginalStatusCode: 400,
      }),
    },
    {
      what: 'a container that failed',
      class: 'http_5xx',
      code: 'ModelError',
      ...http(424, 'ModelError', { Message: 'Received server error (500) from primary', OriginalMessage: 'CUDA out of memory', OriginalStatusCode: 500 }),
    },
    { what: 'a stream that SageMaker ends', class: 'stream_error', code: 'ModelStreamError', ...stream(broken(sse(...CHAT_CHUNKS.slice(0, 3)), 'ModelStreamError', { Message: 'too slow', ErrorCode: 'ModelInvocationTimeExceeded' })) },
    { what: 'a stream that fails inside SageMaker', class: 'stream_error', code: 'InternalStreamFailure', ...stream(broken(sse(...CHAT_CHUNKS.slice(0, 3)), 'InternalStreamFailure', { Message: 'oops' })) },
    {
      what: 'a stream that ends in an error without a body',
      class: 'stream_error',
      code: 'InternalFailure',
      ...stream(message({ ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'it broke' })),
    },
    { what: 'a vLLM error inside a stream', class: 'stream_error', ...stream(payload(sse(CHAT_CHUNKS[1], { error: { message: 'engine died', type: 'InternalServerError', code: 500 } }))) },
    { what: 'a TGI error inside a stream', class: 'overloaded', code: 'overloaded', ...stream(payload(sse({ error: 'Model is overloaded', error_type: 'overloaded' })), COMPLETION) },
    { what: 'DJL gives up', class: 'stream_error', code: 'error', ...stream(payload(lines(...DJL_LINES.slice(0, 2), DJL_FAILURE)), COMPLETION) },
    { what: 'DJL refuses a request', class: 'stream_error', ...stream(payload(lines({ error: 'unknown parameter', code: 424 })), COMPLETION) },
  ],
  malformed: stream(payload(sse(CHAT_CHUNKS[1], '{"choices":[{"index":'))),
  empty: stream(payload(sse(chunk({ role: 'assistant', content: '' }), chunk({}, 'stop')))),
  endless: { headers: EVENT_STREAM, begin: payload('data: {"choices":['), more: payload('0,'.repeat(30_000), 60_000) },
}
