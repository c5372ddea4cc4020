import { crc32 } from 'node:zlib'
import type { ProviderAnswers } from 'loadbench/testing'
import { converseStream, event, exception, message } from './frames.ts'
import { chatWith, EVENT_STREAM, JSON_BODY, recorded } from './recorded.ts'

const MESSAGE_START = event('messageStart', { role: 'assistant', p: 'abc' })
const TEXT = event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' }, p: 'abcdef' })

const failing = (name: string, payload: unknown) =>
  Buffer.concat([MESSAGE_START, TEXT, exception(name, payload)])

const stopping = (stopReason: string) => Buffer.concat([MESSAGE_START, TEXT, event('messageStop', { stopReason })])

/** Answers of Converse and ConverseStream. Those in files were recorded; the others are made after them. */
export const converseAnswers: ProviderAnswers = {
  call: chatWith('us.anthropic.claude-3-7-sonnet-20250219-v1:0'),
  text: {
    headers: EVENT_STREAM,
    body: recorded('converse-claude.bin'),
    text: 'This is a test',
    usage: { inputTokens: 37, outputTokens: 8 },
    finishReason: 'end_turn',
  },
  reasoning: {
    headers: EVENT_STREAM,
    body: converseStream([
      ['messageStart', { role: 'assistant' }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Let me' } } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: ' think' } } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'Ep0C' } } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { redactedContent: 'eA==' } } }],
      ['contentBlockStop', { contentBlockIndex: 0 }],
      ['contentBlockDelta', { contentBlockIndex: 1, delta: { text: '42' } }],
      ['contentBlockStop', { contentBlockIndex: 1 }],
      ['messageStop', { stopReason: 'end_turn' }],
      ['metadata', { usage: { inputTokens: 5, outputTokens: 9, totalTokens: 14 }, metrics: { latencyMs: 2281 } }],
    ]),
    text: '42',
    reasoning: 'Let me think',
    usage: { inputTokens: 5, outputTokens: 9 },
    finishReason: 'end_turn',
  },
  toolCalls: {
    headers: EVENT_STREAM,
    body: recorded('converse-tool-call.bin'),
    text: '',
    toolCalls: [
      {
        name: 'get_cities_list',
        arguments:
          '{"cities": ["Tokyo", "Osaka", "Kyoto", "Hiroshima", "Nara", "Yokohama", "Sapporo", "Fukuoka", "Sendai", "Nagoya"]}',
      },
    ],
    usage: { inputTokens: 295, outputTokens: 43 },
    finishReason: 'tool_use',
  },
  whole: {
    headers: JSON_BODY,
    body: JSON.stringify({
      output: {
        message: {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'Ep0C' } } },
            { text: 'Let me look.' },
            { toolUse: { toolUseId: 't1', name: 'look', input: { at: 'it' } } },
          ],
        },
      },
      stopReason: 'tool_use',
      usage: { inputTokens: 3, outputTokens: 7, totalTokens: 30, cacheReadInputTokens: 16, cacheWriteInputTokens: 4 },
      metrics: { latencyMs: 551 },
    }),
    call: { ...chatWith('amazon.nova-lite-v1:0'), stream: false } as ProviderAnswers['call'],
    text: 'Let me look.',
    reasoning: 'Hm.',
    toolCalls: [{ name: 'look', arguments: '{"at":"it"}' }],
    usage: { inputTokens: 23, outputTokens: 7, cachedTokens: 16 },
    finishReason: 'tool_use',
  },
  others: {
    'one long chunk of Titan': {
      headers: EVENT_STREAM,
      body: recorded('converse-titan.bin'),
      text: 'I am here and ready to assist',
      usage: { inputTokens: 8, outputTokens: 10 },
      finishReason: 'max_tokens',
    },
    'events of a later day': {
      headers: EVENT_STREAM,
      body: Buffer.concat([
        MESSAGE_START,
        event('somethingNew', 'no JSON'),
        TEXT,
        event('messageStop', { stopReason: 'of a later day' }),
      ]),
      text: 'Hello',
      finishReason: 'of a later day',
    },
  },
  errors: [
    {
      what: 'a guardrail stepped in',
      headers: EVENT_STREAM,
      body: recorded('converse-guardrail.bin'),
      class: 'content_filter',
      code: 'guardrail_intervened',
    },
    { what: 'content_filtered', headers: EVENT_STREAM, body: stopping('content_filtered'), class: 'content_filter' },
    {
      what: 'malformed_tool_use',
      headers: EVENT_STREAM,
      body: stopping('malformed_tool_use'),
      class: 'stream_error',
      code: 'malformed_tool_use',
    },
    {
      what: 'throttled in the stream',
      headers: EVENT_STREAM,
      body: failing('throttlingException', { message: 'Too many tokens, please wait before trying again.' }),
      class: 'rate_limited',
      code: 'throttlingException',
    },
    {
      what: 'the model broke off',
      headers: EVENT_STREAM,
      body: failing('modelStreamErrorException', { message: 'stream processing failed', originalStatusCode: 500 }),
      class: 'stream_error',
    },
    {
      what: 'an error message without a payload',
      headers: EVENT_STREAM,
      body: message({ ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'broken' }, ''),
      class: 'stream_error',
      code: 'InternalError',
    },
    {
      what: 'throttled',
      status: 429,
      headers: { ...JSON_BODY, 'x-amzn-ErrorType': 'ThrottlingException:http://internal.amazon.com/coral/' },
      body: '{"message":"Too many requests, please wait before trying again."}',
      class: 'rate_limited',
      code: 'ThrottlingException',
    },
    {
      what: 'a model that is not there',
      status: 400,
      headers: { ...JSON_BODY, 'x-amzn-ErrorType': 'ValidationException' },
      body: '{"message":"The provided model identifier is invalid."}',
      class: 'model_not_found',
      code: 'ValidationException',
    },
    {
      what: 'no permission',
      status: 403,
      headers: { ...JSON_BODY, 'x-amzn-ErrorType': 'AccessDeniedException' },
      body: '{"Message":"User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel"}',
      class: 'auth',
    },
    { what: 'a proxy', status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>', class: 'http_5xx' },
    { what: 'a redirect', status: 302, headers: { location: '/login' }, body: '', class: 'stream_error' },
    { what: 'JSON of something else', headers: JSON_BODY, body: '{"status":"ok"}', class: 'malformed' },
  ],
  malformed: {
    headers: EVENT_STREAM,
    body: Buffer.concat([MESSAGE_START, TEXT, event('contentBlockDelta', '{"delta":')]),
  },
  empty: {
    headers: EVENT_STREAM,
    body: Buffer.concat([MESSAGE_START, event('messageStop', { stopReason: 'end_turn' })]),
  },
  endless: { headers: EVENT_STREAM, ...endlessMessage() },
}

/** The beginning of a message of 16 MiB, as long as one may be, checksum and all. */
export function endlessMessage(): { begin: Uint8Array; more: Uint8Array } {
  const begin = Buffer.alloc(12)
  begin.writeUInt32BE(16 * 1024 * 1024, 0)
  begin.writeUInt32BE(crc32(begin.subarray(0, 8)), 8)
  return { begin, more: Buffer.from('x') }
}
