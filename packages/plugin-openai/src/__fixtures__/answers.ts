import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from 'loadbench/plugin'
import type { FailedAnswer, GoodAnswer, ProviderAnswers } from 'loadbench/testing'
import { CHAT, chunk, COMPLETION, finish } from './feed.ts'
import { bodyOf } from './recordings.ts'

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

const recorded = (name: string) => ({ headers: SSE, body: bodyOf(join(import.meta.dirname, name)) })
const events = (...objects: unknown[]) => ({
  headers: SSE,
  body: `${objects.map((object) => `data: ${JSON.stringify(object)}\n\n`).join('')}data: [DONE]\n\n`,
})
const whole = (object: unknown, call: Call = { ...CHAT, stream: false }) => ({
  headers: JSON_TYPE,
  body: JSON.stringify(object),
  call,
})
const refusal = (what: string, status: number, body: unknown, rest: Omit<FailedAnswer, 'what' | 'body'>): FailedAnswer => ({
  what,
  status,
  headers: JSON_TYPE,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...rest,
})

const ENDLESS = { headers: SSE, begin: 'data: {"choices":[{"index":0,"delta":{"content":"', more: 'aaaaaaaaaaaaaaaa' }

/** By HTTP status: the same for every route. */
const REFUSALS: readonly FailedAnswer[] = [
  refusal('no key (OpenAI)', 401, { error: { message: 'bad key', type: 'invalid_request_error', code: 'invalid_api_key' } }, {
    class: 'auth',
    code: 'invalid_api_key',
  }),
  refusal('no key (vLLM)', 401, { error: 'Unauthorized' }, { class: 'auth' }),
  refusal(
    'a model that is not there (vLLM)',
    404,
    { error: { message: 'The model `x` does not exist.', type: 'NotFoundError', param: null, code: 404 } },
    { class: 'model_not_found', code: 'NotFoundError' },
  ),
  refusal('a deployment that is not there (Azure)', 404, { error: { code: 'DeploymentNotFound', message: 'no such' } }, {
    class: 'model_not_found',
    code: 'DeploymentNotFound',
  }),
  refusal(
    'a prompt too long (SGLang, flat)',
    400,
    { object: 'error', message: "longer than the model's context length (8 tokens)", type: 'BadRequestError', code: 400 },
    { class: 'context_length', code: 'BadRequestError' },
  ),
  refusal('a filtered prompt (Azure)', 400, { error: { code: 'content_filter', message: 'filtered' } }, {
    class: 'content_filter',
    code: 'content_filter',
  }),
  refusal('too many requests', 429, { error: { message: 'slow down', code: 'rate_limit_exceeded' } }, {
    class: 'rate_limited',
    code: 'rate_limit_exceeded',
  }),
  refusal('a bad field (FastAPI)', 422, { detail: [{ loc: ['body', 'n'], msg: 'too big' }] }, { class: 'http_4xx' }),
  refusal('a full queue (vLLM)', 503, { error: { message: 'queue full', code: 503 } }, { class: 'overloaded' }),
  refusal('a gateway without a server behind it', 502, '<html><title>502 Bad Gateway</title></html>', {
    class: 'http_5xx',
  }),
  refusal('an error without a body', 500, '', { class: 'http_5xx' }),
]

const failing = (what: string, errorClass: FailedAnswer['class'], ...objects: unknown[]): FailedAnswer => ({
  what,
  class: errorClass,
  ...events(...objects),
})

const continuous: GoodAnswer = {
  ...events(
    { ...(chunk({ role: 'assistant', content: '' }) as object), usage: { prompt_tokens: 4, completion_tokens: 0 } },
    { ...(chunk({ content: 'Hi' }) as object), usage: { prompt_tokens: 4, completion_tokens: 2 } },
    { ...(finish('stop') as object), usage: { prompt_tokens: 4, completion_tokens: 3 } },
    { choices: [], usage: { prompt_tokens: 4, completion_tokens: 3 }, metrics: { queue_time_ms: 1 } },
  ),
  text: 'Hi',
  usage: { inputTokens: 4, outputTokens: 3 },
  finishReason: 'stop',
}

/** Of chat completions, completions and embeddings. */
export const callsAnswers: ProviderAnswers = {
  call: CHAT,
  text: {
    ...recorded('chat-groq-usage.sse'),
    text: textIn('chat-groq-usage.sse'),
    usage: { inputTokens: 18, outputTokens: 73 },
    finishReason: 'stop',
  },
  reasoning: {
    ...recorded('chat-mistral-reasoning.chunks.txt'),
    reasoning: 'The user is asking for 2+2. This is basic arithmetic. 2+2=4.',
    text: '2 + 2 = 4',
    usage: { inputTokens: 10, outputTokens: 46 },
    finishReason: 'stop',
  },
  toolCalls: {
    ...recorded('chat-xai-tool-call.chunks.txt'),
    reasoning: 'First, the user is',
    toolCalls: [{ name: 'weather', arguments: '{"location":"San Francisco"}' }],
    usage: { inputTokens: 291, outputTokens: 222, reasoningTokens: 196, cachedTokens: 290 },
    finishReason: 'tool_calls',
  },
  whole: {
    ...whole({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
    }),
    text: 'Hi',
    usage: { inputTokens: 3, outputTokens: 1 },
    finishReason: 'stop',
  },
  others: {
    completion: {
      ...recorded('completion-stop.sse'),
      call: COMPLETION,
      text: textIn('completion-stop.sse'),
      finishReason: 'stop',
    },
    'usage that runs along (vLLM)': continuous,
    'an end without [DONE] and usage (EMD)': {
      headers: SSE,
      body: `data: ${JSON.stringify(chunk({ content: 'Hi' }))}\n\ndata: ${JSON.stringify(finish('stop'))}\n\n`,
      text: 'Hi',
      usage: {},
      finishReason: 'stop',
    },
    'JSON lines (SageMaker)': {
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${JSON.stringify(chunk({ content: 'Hi' }))}\n${JSON.stringify(finish('stop'))}\n`,
      text: 'Hi',
      finishReason: 'stop',
    },
    embeddings: {
      ...whole(
        {
          object: 'list',
          data: [
            { object: 'embedding', index: 0, embedding: [0.5, -1] },
            { object: 'embedding', index: 1, embedding: 'AACAPwAAAEA=' },
          ],
          usage: { prompt_tokens: 5, total_tokens: 5 },
        },
        { kind: 'embedding', model: 'm', input: ['Hi', 'there'] },
      ),
      embeddings: [
        [0.5, -1],
        [1, 2],
      ],
      usage: { inputTokens: 5 },
    },
  },
  errors: [
    ...REFUSALS,
    failing('an error in the stream (vLLM)', 'stream_error', chunk({ content: 'Hi' }), { error: { message: 'gone', code: 500 } }),
    failing('an overloaded server in the stream', 'overloaded', { error: { message: 'full', code: 503 } }),
    failing('an error in words (EMD)', 'stream_error', chunk({ content: 'Hi' }), { error: 'upstream gone' }),
    {
      what: 'an error that is no JSON (EMD)',
      class: 'stream_error',
      headers: SSE,
      body: 'data: {"error": "upstream said {"message":"gone"}"}\n\n',
    },
    failing('an aborted choice (SGLang)', 'stream_error', chunk({ content: 'Hi' }), finish('abort')),
    failing('a filtered answer (Azure)', 'content_filter', chunk({ content: 'Hi' }), finish('content_filter')),
    failing('an answer given up (DeepSeek)', 'overloaded', chunk({ content: 'Hi' }), finish('insufficient_system_resource')),
    failing('a stream stopped early (Groq)', 'stream_error', { ...(finish('stop') as object), x_groq: { error: 'over capacity' } }),
  ],
  malformed: { headers: SSE, body: 'data: {"choices":[{"index":0,"delta":{"content":" unfin\n\ndata: [DONE]\n\n' },
  empty: events(chunk({ role: 'assistant', content: '' }), finish('stop')),
  endless: ENDLESS,
}

/** Of the Responses API. */
export const responsesAnswers: ProviderAnswers = {
  call: CHAT,
  text: {
    ...recorded('responses-text.sse'),
    text: '2 + 2 equals 4.',
    usage: { inputTokens: 14, outputTokens: 9, reasoningTokens: 0, cachedTokens: 0 },
    finishReason: 'completed',
  },
  reasoning: {
    ...events(
      { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'hm' },
      { type: 'response.output_text.delta', output_index: 1, delta: 'Hi' },
      { type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } } },
    ),
    reasoning: 'hm',
    text: 'Hi',
    finishReason: 'max_output_tokens',
  },
  toolCalls: {
    ...recorded('responses-tool-search.chunks.txt'),
    toolCalls: [{ name: 'get_weather', arguments: '{"location":"San Francisco, CA","unit":"fahrenheit"}' }],
    usage: { inputTokens: 640, outputTokens: 46, reasoningTokens: 20, cachedTokens: 0 },
    finishReason: 'completed',
  },
  whole: {
    ...whole({
      object: 'response',
      status: 'completed',
      error: null,
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }],
      usage: { input_tokens: 3, output_tokens: 1 },
    }),
    text: 'Hi',
    usage: { inputTokens: 3, outputTokens: 1 },
    finishReason: 'completed',
  },
  others: {
    'a custom tool': {
      ...recorded('responses-custom-tool.chunks.txt'),
      toolCalls: [{ name: 'write_sql', arguments: 'SELECT * FROM users WHERE age > 25' }],
      finishReason: 'completed',
    },
  },
  errors: [
    ...REFUSALS,
    failing('a failed response', 'stream_error', {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'sorry' } },
    }),
    failing('an error event, flat', 'rate_limited', { type: 'error', code: 'rate_limit_exceeded', message: 'slow' }),
    failing('an error event, nested', 'rate_limited', {
      type: 'error',
      error: { code: 'rate_limit_exceeded', message: 'slow' },
    }),
    failing(
      'a filtered answer',
      'content_filter',
      { type: 'response.output_text.delta', output_index: 0, delta: 'Hi' },
      { type: 'response.incomplete', response: { incomplete_details: { reason: 'content_filter' } } },
    ),
  ],
  malformed: { headers: SSE, body: 'event: response.output_text.delta\ndata: {"type":"response.output_text.del\n\n' },
  empty: events({ type: 'response.completed', response: { status: 'completed', output: [] } }),
  endless: { ...ENDLESS, begin: 'data: {"type":"response.output_text.delta","delta":"' },
}

/** Its text by a second reading, frame by frame. */
function textIn(name: string): string {
  const chunks = readFileSync(join(import.meta.dirname, name), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as { choices: { text?: string; delta?: { content?: string } }[] })
  return chunks.flatMap(({ choices }) => choices.map(({ text, delta }) => text ?? delta?.content ?? '')).join('')
}
