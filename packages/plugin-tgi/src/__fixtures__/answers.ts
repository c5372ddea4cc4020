import type { GoodAnswer, ProviderAnswers } from 'loadbench/testing'
import { ERRORS } from './errors.ts'
import { CHAT, chunk, details, GENERATE, last, sse, STREAM, token, toolChunk, usageChunk, WHOLE } from './wire.ts'

const { headers } = STREAM
const TIMES = {
  'x-compute-type': 'gpu+optimized',
  'x-compute-time': '0.512',
  'x-total-time': '512',
  'x-validation-time': '1',
  'x-queue-time': '0',
  'x-inference-time': '510',
  'x-time-per-token': '25',
  'x-prompt-tokens': '6',
  'x-generated-tokens': '3',
}

/** Written by hand after the server's source; no recording of a real one was to be had. */
const TEXT: GoodAnswer = {
  headers: { ...headers, 'x-compute-type': 'gpu+optimized', 'x-accel-buffering': 'no' },
  body: [
    sse(token(1, 'Deep')),
    // Every 15 s without a token.
    ':\n\n',
    sse(token(2, ' learning'), token(3, '\n')),
    // Earlier versions wrote no space.
    `data:${JSON.stringify(token(4, ' 深'))}\n\n`,
    sse(last(5, '</s>', 'Deep learning\n 深', details('eos_token', 5, 6), true)),
  ].join(''),
  text: 'Deep learning\n 深',
  usage: { inputTokens: 6, outputTokens: 5 },
  finishReason: 'eos_token',
}

const TOOL_CALL: GoodAnswer = {
  headers,
  call: {
    ...CHAT,
    tools: [{ name: 'get_current_weather', parameters: { type: 'object', properties: {} } }],
  },
  body: sse(
    toolChunk('{', 'get_current_weather'),
    toolChunk(' "location":'),
    toolChunk(' "Rome"}'),
    chunk({ content: '' }, { finish_reason: 'stop' }),
    usageChunk(271, 30),
    '[DONE]',
  ),
  toolCalls: [{ name: 'get_current_weather', arguments: '{ "location": "Rome"}' }],
  usage: { inputTokens: 271, outputTokens: 30 },
  finishReason: 'stop',
}

const WHOLE_ANSWER: GoodAnswer = {
  headers: { ...WHOLE.headers, ...TIMES },
  call: { ...GENERATE, stream: false },
  body: JSON.stringify({
    generated_text: 'Deep learning is',
    details: {
      finish_reason: 'length',
      generated_tokens: 3,
      seed: 42,
      prefill: [],
      tokens: ['Deep', ' learning', ' is'].map((text, id) => ({ id, text, logprob: -0.1, special: false })),
    },
  }),
  text: 'Deep learning is',
  usage: { inputTokens: 6, outputTokens: 3 },
  finishReason: 'length',
}

const OTHERS: Readonly<Record<string, GoodAnswer>> = {
  'a stream without details': {
    headers,
    body: sse(token(1, 'Hi'), last(2, '!', 'Hi!', null)),
    text: 'Hi!',
    usage: {},
    finishReason: 'unknown',
  },
  'a stream that a stop sequence ends, with top tokens': {
    headers,
    body: sse(
      { ...token(1, 'Hi'), top_tokens: [{ id: 1, text: 'Yo', logprob: -1, special: false }] },
      last(2, 'END', 'HiEND', details('stop_sequence', 2, 1)),
    ),
    text: 'HiEND',
    usage: { inputTokens: 1, outputTokens: 2 },
    finishReason: 'stop_sequence',
  },
  'a stream as JSON lines, with [DONE] by a gateway': {
    headers: { 'content-type': 'application/jsonlines' },
    body: `${JSON.stringify(token(1, 'Hi'))}\n${JSON.stringify(last(2, '!', 'Hi!', details('length', 2, 1)))}\n[DONE]\n`,
    text: 'Hi!',
    usage: { inputTokens: 1, outputTokens: 2 },
    finishReason: 'length',
  },
  'an answer in one piece where a stream was asked for': { ...WHOLE_ANSWER, call: GENERATE },
  'an answer in a list, as / gives it': { ...WHOLE_ANSWER, body: `[${String(WHOLE_ANSWER.body)}]` },
  'an answer in one piece without details': {
    ...WHOLE_ANSWER,
    body: '{"generated_text":"Deep learning is"}',
    finishReason: 'unknown',
  },
  'a chat': {
    headers,
    call: CHAT,
    body: sse(
      chunk({ content: 'Deep' }),
      chunk({ content: ' learning' }),
      chunk({ content: '' }, { finish_reason: 'stop' }),
      usageChunk(12, 3),
      '[DONE]',
    ),
    text: 'Deep learning',
    usage: { inputTokens: 12, outputTokens: 3 },
    finishReason: 'stop',
  },
  'a chat that ends at a stop sequence, without counts': {
    headers,
    call: { ...CHAT, n: 2 },
    body: sse(
      chunk({ content: 'Deep' }),
      chunk({ content: ' END' }, { finish_reason: 'stop_sequence' }),
      '[DONE]',
    ),
    text: 'Deep END',
    usage: {},
    finishReason: 'stop_sequence',
  },
  'a chat in one piece': {
    headers: { ...WHOLE.headers, ...TIMES },
    call: { ...CHAT, stream: false },
    body: JSON.stringify({
      object: 'chat.completion',
      id: '',
      created: 1706270835,
      model: 'teknium/OpenHermes-2.5-Mistral-7B',
      system_fingerprint: '3.3.4-native',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Deep learning is' },
          logprobs: null,
          finish_reason: 'length',
        },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
    }),
    text: 'Deep learning is',
    usage: { inputTokens: 12, outputTokens: 3 },
    finishReason: 'length',
  },
}

export const answers: ProviderAnswers = {
  call: GENERATE,
  text: TEXT,
  toolCalls: TOOL_CALL,
  whole: WHOLE_ANSWER,
  others: OTHERS,
  errors: ERRORS,
  malformed: { headers, body: sse(token(1, 'Hi'), '{"index":2,"token":', last(3, '!', 'Hi!', null)) },
  empty: { headers, body: sse(last(1, '</s>', '', details('eos_token', 1, 6), true)) },
  endless: { headers, begin: 'data: {"index":1,"token":{"text":"', more: 'on and ' },
}
