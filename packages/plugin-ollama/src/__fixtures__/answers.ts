import type { ProviderAnswers } from 'loadbench/testing'
import { recording } from './feed.ts'

const STREAM = { 'content-type': 'application/x-ndjson' }
const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' }

const AT = '2026-08-01T10:00:00.000000Z'
const chat = (message: object, rest: object = {}) => ({
  model: 'qwen3',
  created_at: AT,
  message: { role: 'assistant', content: '', ...message },
  done: false,
  ...rest,
})
const generate = (response: string, rest: object = {}) => ({
  model: 'qwen3',
  created_at: AT,
  response,
  done: false,
  ...rest,
})
const end = (reason: string) => ({
  done: true,
  done_reason: reason,
  total_duration: 900_000_000,
  load_duration: 20_000_000,
  prompt_eval_count: 11,
  prompt_eval_duration: 80_000_000,
  eval_count: 5,
  eval_duration: 800_000_000,
})
const lines = (...objects: readonly object[]) =>
  objects.map((object) => `${JSON.stringify(object)}\n`).join('')
const error = (message: string) => JSON.stringify({ error: message })

const USAGE = { inputTokens: 11, outputTokens: 5 }
const COMPLETION = { kind: 'completion', model: 'qwen3', prompt: 'Hi' } as const

/** What Ollama answers, for the conformance suite. */
export const answers: ProviderAnswers = {
  call: { kind: 'chat', model: 'llama3', messages: [{ role: 'user', content: 'Tell me a joke' }] },
  text: {
    headers: STREAM,
    body: recording('chat.ndjson'),
    text:
      'Why did the OpenTelemetry agent go to therapy?\n\nBecause it was feeling traced out and needed some ' +
      "instrumentation in its life!\n\n(Sorry, I know it's a bit of a stretch, but I hope it brought a smile " +
      'to your face!)',
    finishReason: 'stop',
    usage: { inputTokens: 17, outputTokens: 50 },
  },
  reasoning: {
    headers: STREAM,
    body: lines(
      chat({ thinking: 'The sky' }),
      chat({ thinking: ' … “blau” 🚀' }),
      chat({ content: 'Blue' }),
      chat({ content: '.' }),
      chat({}, end('stop')),
    ),
    reasoning: 'The sky … “blau” 🚀',
    text: 'Blue.',
    finishReason: 'stop',
    usage: USAGE,
  },
  toolCalls: {
    headers: STREAM,
    body: lines(
      chat({
        tool_calls: [
          { id: 'call_a', function: { index: 0, name: 'weather', arguments: { city: 'Bonn', days: 2 } } },
        ],
      }),
      chat({ tool_calls: [{ function: { name: 'now', arguments: {} } }] }),
      chat({}, end('stop')),
    ),
    toolCalls: [
      { name: 'weather', arguments: '{"city":"Bonn","days":2}' },
      { name: 'now', arguments: '{}' },
    ],
    finishReason: 'stop',
    usage: USAGE,
  },
  whole: {
    headers: JSON_BODY,
    body: JSON.stringify(chat({ content: 'Blue.', thinking: 'Hm' }, end('length'))),
    call: {
      kind: 'chat',
      model: 'qwen3',
      messages: [{ role: 'user', content: 'Colour?' }],
      stream: false,
    },
    text: 'Blue.',
    reasoning: 'Hm',
    finishReason: 'length',
    usage: USAGE,
  },
  others: {
    'a generated text': {
      headers: STREAM,
      body: lines(
        generate('', { thinking: 'Hm' }),
        generate('Once'),
        generate(' more'),
        generate('', { ...end('length'), context: [1, 2] }),
      ),
      call: COMPLETION,
      text: 'Once more',
      reasoning: 'Hm',
      finishReason: 'length',
      usage: USAGE,
    },
    'a prompt that was cached, and is not counted': {
      headers: STREAM,
      body: recording('generate-cached-prompt.ndjson'),
      call: COMPLETION,
      finishReason: 'stop',
      usage: { outputTokens: 58 },
    },
    'a model that was loaded first': {
      headers: STREAM,
      body: recording('chat-loading.ndjson'),
      finishReason: 'stop',
      usage: { inputTokens: 17, outputTokens: 63 },
    },
    embeddings: {
      headers: JSON_BODY,
      body: JSON.stringify({
        model: 'all-minilm',
        embeddings: [
          [0.25, -0.5],
          [1, 0],
        ],
        total_duration: 14_000_000,
        load_duration: 1_000_000,
        prompt_eval_count: 8,
      }),
      call: { kind: 'embedding', model: 'all-minilm', input: ['a', 'b'] },
      embeddings: [
        [0.25, -0.5],
        [1, 0],
      ],
      usage: { inputTokens: 8 },
    },
  },
  errors: [
    {
      what: 'a model that is not there',
      status: 404,
      headers: JSON_BODY,
      body: error("model 'llama9' not found"),
      class: 'model_not_found',
    },
    {
      what: 'a route that is not there',
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: '404 page not found',
      class: 'http_4xx',
    },
    {
      what: 'something the model cannot do',
      status: 400,
      headers: JSON_BODY,
      body: error('"all-minilm" does not support chat'),
      class: 'http_4xx',
    },
    {
      what: 'a text too long to embed',
      status: 400,
      headers: JSON_BODY,
      body: error('the input length exceeds the context length'),
      class: 'context_length',
    },
    {
      what: 'a full queue',
      status: 503,
      headers: JSON_BODY,
      body: error('server busy, please try again.  maximum pending requests exceeded'),
      class: 'overloaded',
    },
    {
      what: 'a model too large for the machine',
      status: 500,
      headers: JSON_BODY,
      body: error('model requires more system memory (5.6 GiB) than is available (1.9 GiB)'),
      class: 'http_5xx',
    },
    {
      what: 'a missing key in the cloud',
      status: 401,
      headers: JSON_BODY,
      body: JSON.stringify({ error: 'unauthorized', signin_url: 'https://ollama.com/connect' }),
      class: 'auth',
    },
    {
      what: 'too many calls in the cloud',
      status: 429,
      headers: JSON_BODY,
      body: error('you have reached your hourly usage limit'),
      class: 'rate_limited',
    },
    {
      what: "a proxy's page",
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>502 Bad Gateway</title></head></html>',
      class: 'http_5xx',
    },
    {
      what: 'a runner that died while it answered',
      headers: STREAM,
      body: `${lines(chat({ content: 'Bl' }))}${error('an error was encountered while running the model: unexpected EOF')}\n`,
      class: 'stream_error',
    },
  ],
  malformed: {
    headers: STREAM,
    body: `${lines(chat({ content: 'Bl' }))}{"model":"qwen3","message":{"content":"ue\n${lines(chat({}, end('stop')))}`,
  },
  empty: { headers: STREAM, body: lines(chat({}, end('load'))) },
  endless: { headers: STREAM, begin: '{"model":"qwen3","message":{"content":"', more: 'blue '.repeat(1_000) },
}
