import type { FailedAnswer } from 'loadbench/testing'
import { CHAT, sse, STREAM, token, WHOLE } from './wire.ts'

const TOO_LONG =
  'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 2040 `inputs` tokens and 20 `max_new_tokens`'
const LONG_PROMPT = 'Input validation error: `inputs` must have less than 1024 tokens. Given: 1168'
const BAD_TOP_P = 'Input validation error: `top_p` must be > 0.0 and < 1.0'

/** Inside a 200, as everything that goes wrong on `/generate_stream` is told. */
function inStream(what: string, error: string, type: string, expected: FailedAnswer['class']): FailedAnswer {
  const body = sse({ error, error_type: type })
  return { what: `${what}, streamed`, headers: STREAM.headers, body, class: expected, code: type }
}

/** By status, as `/generate` tells it. */
function byStatus(
  what: string,
  status: number,
  error: string,
  type: string,
  expected: FailedAnswer['class'],
): FailedAnswer {
  const body = JSON.stringify({ error, error_type: type })
  return { what, status, headers: WHOLE.headers, body, class: expected, code: type }
}

/** Of the Messages API: always 422, and `[DONE]` all the same. */
function inChat(what: string, message: string, expected: FailedAnswer['class']): FailedAnswer {
  const body = sse({ error: { message, http_status_code: 422 } }, '[DONE]')
  return { what: `${what}, in a chat`, headers: STREAM.headers, call: CHAT, body, class: expected }
}

export const ERRORS: readonly FailedAnswer[] = [
  inStream('overload', 'Model is overloaded', 'overloaded', 'overloaded'),
  inStream('a bad parameter', BAD_TOP_P, 'validation', 'http_4xx'),
  inStream('too many tokens', TOO_LONG, 'validation', 'context_length'),
  inStream('too long a prompt', LONG_PROMPT, 'validation', 'context_length'),
  inStream(
    'a prompt without a tokenizer',
    'Input validation error: `max_new_tokens` must be <= 1024. Given: 4096',
    'validation',
    'context_length',
  ),
  inStream('a template', 'Template error: undefined value (in <string>:1)', 'template_error', 'http_4xx'),
  inStream('a tool', 'Tool error: Tool with name x not found', 'tool_error', 'http_4xx'),
  inStream(
    'a lost shard',
    'Request failed during generation: Server error: CANCELLED',
    'generation',
    'stream_error',
  ),
  inStream(
    'a backend that closed',
    'Incomplete generation stream',
    'incomplete_generation_stream',
    'stream_truncated',
  ),
  inStream('serialization', 'Stream event serialization error: x', 'stream_serialization_error', 'stream_error'),
  {
    ...inStream('a lost shard', 'Request failed during generation: x', 'generation', 'stream_error'),
    what: 'a lost shard in the middle',
    body: sse(token(1, 'Deep'), { error: 'Request failed during generation: x', error_type: 'generation' }),
  },
  byStatus('overload', 429, 'Model is overloaded', 'overloaded', 'overloaded'),
  byStatus('a bad parameter', 422, BAD_TOP_P, 'validation', 'http_4xx'),
  byStatus('too many tokens', 422, TOO_LONG, 'validation', 'context_length'),
  byStatus('a lost shard', 424, 'Request failed during generation: x', 'generation', 'http_4xx'),
  byStatus('an incomplete answer', 500, 'Incomplete generation', 'incomplete_generation', 'http_5xx'),
  byStatus('an unhealthy server', 503, 'unhealthy', 'healthcheck', 'overloaded'),
  { what: 'no key', status: 401, headers: { 'content-length': '0' }, body: '', class: 'auth' },
  {
    what: 'a body that is no request',
    status: 422,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Failed to deserialize the JSON body into the target type: missing field `inputs` at line 1 column 2',
    class: 'http_4xx',
  },
  {
    what: 'a gateway',
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>502 Bad Gateway</title></head></html>',
    class: 'http_5xx',
  },
  { what: 'a limit of a gateway', status: 429, headers: WHOLE.headers, body: '{"error":"slow down"}', class: 'rate_limited' },
  inChat('overload', 'Model is overloaded', 'overloaded'),
  inChat('too many tokens', TOO_LONG, 'context_length'),
  inChat('a bad parameter', BAD_TOP_P, 'http_4xx'),
  inChat('a lost shard', 'Request failed during generation: x', 'stream_error'),
  { ...byStatus('overload', 429, 'Model is overloaded', 'overloaded', 'overloaded'), what: 'overload of a chat', call: CHAT },
  {
    what: 'an error that DJL writes into its last token',
    headers: STREAM.headers,
    body: sse({
      token: { id: -1, text: '', logprob: -1, special: true },
      generated_text: '',
      details: { finish_reason: 'error', generated_tokens: 0 },
    }),
    class: 'stream_error',
    code: 'error',
  },
]
