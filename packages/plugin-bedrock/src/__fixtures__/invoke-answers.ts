import type { Call } from 'loadbench/plugin'
import type { GoodAnswer, ProviderAnswers } from 'loadbench/testing'
import { endlessMessage } from './converse-answers.ts'
import { exception, invokeStream } from './frames.ts'
import { chatWith, completionWith, EVENT_STREAM, JSON_BODY, recorded } from './recorded.ts'

const METRICS = {
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: 12,
    outputTokenCount: 5,
    invocationLatency: 700,
    firstByteLatency: 300,
  },
}
const COUNTED = { inputTokens: 12, outputTokens: 5 }
const COUNT_HEADERS = {
  ...JSON_BODY,
  'X-Amzn-Bedrock-Input-Token-Count': '12',
  'X-Amzn-Bedrock-Output-Token-Count': '5',
  'X-Amzn-Bedrock-Invocation-Latency': '700',
}

const CLAUDE = chatWith('anthropic.claude-3-haiku-20240307-v1:0')
const whole = (call: Call): Call => ({ ...call, stream: false }) as Call
const embedding = (model: string, input: string | string[]): Call => ({ kind: 'embedding', model, input })

const stream = (model: string, chunks: readonly unknown[], finishReason: string, text = 'Hello there'): GoodAnswer => ({
  headers: EVENT_STREAM,
  body: invokeStream(chunks),
  call: completionWith(model),
  text,
  usage: COUNTED,
  finishReason,
})

const piece = (model: string, body: unknown, finishReason: string): GoodAnswer => ({
  headers: COUNT_HEADERS,
  body: JSON.stringify(body),
  call: whole(completionWith(model)),
  text: 'Hello there',
  usage: COUNTED,
  finishReason,
})

const chunkOf = (content: unknown, finish: string | null = null) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
})

const CLAUDE_BEGINS = { type: 'message_start', message: { usage: { input_tokens: 12, output_tokens: 1 } } }
const claudeBlock = (index: number, delta: unknown) => ({ type: 'content_block_delta', index, delta })

/** Answers of InvokeModel, family by family. Those in files were recorded; the others follow the documentation. */
export const invokeAnswers: ProviderAnswers = {
  call: CLAUDE,
  text: {
    headers: EVENT_STREAM,
    body: recorded('invoke-claude.bin'),
    text: 'This is a test',
    usage: { inputTokens: 37, outputTokens: 8 },
    finishReason: 'end_turn',
  },
  reasoning: {
    headers: EVENT_STREAM,
    body: invokeStream([
      CLAUDE_BEGINS,
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      claudeBlock(0, { type: 'thinking_delta', thinking: 'Hm.' }),
      claudeBlock(0, { type: 'signature_delta', signature: 'Ep0C' }),
      { type: 'content_block_stop', index: 0 },
      { type: 'ping' },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      claudeBlock(1, { type: 'text_delta', text: '42' }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop', ...METRICS },
    ]),
    text: '42',
    reasoning: 'Hm.',
    usage: COUNTED,
    finishReason: 'end_turn',
  },
  toolCalls: {
    headers: EVENT_STREAM,
    body: invokeStream([
      CLAUDE_BEGINS,
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      claudeBlock(0, { type: 'text_delta', text: 'Looking.' }),
      { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't1', name: 'look', input: {} } },
      claudeBlock(1, { type: 'input_json_delta', partial_json: '' }),
      claudeBlock(1, { type: 'input_json_delta', partial_json: '{"at":' }),
      claudeBlock(1, { type: 'input_json_delta', partial_json: '1}' }),
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 133 } },
      // On tool calls the two counts differ, as recorded.
      { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 12, outputTokenCount: 97 } },
    ]),
    text: 'Looking.',
    toolCalls: [{ name: 'look', arguments: '{"at":1}' }],
    usage: { inputTokens: 12, outputTokens: 133 },
    finishReason: 'tool_use',
  },
  whole: {
    headers: COUNT_HEADERS,
    body: JSON.stringify({
      type: 'message',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'Ep0C' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 't1', name: 'look', input: { at: 1 } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 2, cache_read_input_tokens: 6, cache_creation_input_tokens: 4, output_tokens: 5 },
    }),
    call: whole(CLAUDE),
    text: 'Looking.',
    reasoning: 'Hm.',
    toolCalls: [{ name: 'look', arguments: '{"at":1}' }],
    usage: { inputTokens: 12, outputTokens: 5, cachedTokens: 6 },
    finishReason: 'tool_use',
  },
  others: {
    'Nova with tool calls': {
      headers: EVENT_STREAM,
      body: recorded('invoke-nova-tool-call.bin'),
      call: chatWith('us.amazon.nova-micro-v1:0'),
      toolCalls: [
        { name: 'get_current_weather', arguments: '{"location":"Seattle"}' },
        { name: 'get_current_weather', arguments: '{"location":"San Francisco"}' },
      ],
      usage: { inputTokens: 427, outputTokens: 160, cachedTokens: 0 },
      finishReason: 'tool_use',
    },
    'Nova in one piece': piece(
      'amazon.nova-micro-v1:0',
      { output: { message: { role: 'assistant', content: [{ text: 'Hello there' }] } }, stopReason: 'end_turn' },
      'end_turn',
    ),
    Titan: {
      headers: EVENT_STREAM,
      body: recorded('invoke-titan.bin'),
      call: completionWith('amazon.titan-text-lite-v1'),
      text: ' comment\nHello! I am a computer program designed',
      usage: { inputTokens: 5, outputTokens: 10 },
      finishReason: 'LENGTH',
    },
    'Titan in one piece': piece(
      'amazon.titan-text-lite-v1',
      {
        inputTextTokenCount: 12,
        results: [{ tokenCount: 5, outputText: 'Hello there', completionReason: 'FINISH' }],
      },
      'FINISH',
    ),
    Llama: stream(
      'us.meta.llama3-1-8b-instruct-v1:0',
      [
        { generation: 'Hello', prompt_token_count: 12, generation_token_count: 1, stop_reason: null },
        { generation: ' there', prompt_token_count: null, generation_token_count: 4, stop_reason: null },
        { generation: '', prompt_token_count: null, generation_token_count: 5, stop_reason: 'stop', ...METRICS },
      ],
      'stop',
    ),
    'Llama in one piece': piece(
      'meta.llama3-8b-instruct-v1:0',
      { generation: 'Hello there', prompt_token_count: 12, generation_token_count: 5, stop_reason: 'length' },
      'length',
    ),
    Mistral: stream(
      'mistral.mistral-7b-instruct-v0:2',
      [
        { outputs: [{ text: 'Hello', stop_reason: null }] },
        { outputs: [{ text: ' there', stop_reason: 'stop' }], ...METRICS },
      ],
      'stop',
    ),
    'Mistral in one piece': piece(
      'mistral.mixtral-8x7b-instruct-v0:1',
      { outputs: [{ text: 'Hello there', stop_reason: 'length' }] },
      'length',
    ),
    'a later Mistral in one piece': piece(
      'mistral.mistral-large-2407-v1:0',
      { choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, stop_reason: 'stop' }] },
      'stop',
    ),
    Command: stream(
      'cohere.command-text-v14',
      [
        { index: 0, is_finished: false, text: 'Hello' },
        { index: 0, is_finished: false, text: ' there' },
        { index: 0, is_finished: true, finish_reason: 'COMPLETE', ...METRICS },
      ],
      'COMPLETE',
    ),
    'Command in one piece': piece(
      'cohere.command-light-text-v14',
      { id: 'x', generations: [{ id: 'y', text: 'Hello there', finish_reason: 'MAX_TOKENS' }], prompt: 'Hi' },
      'MAX_TOKENS',
    ),
    'Command R': stream(
      'cohere.command-r-v1:0',
      [
        { is_finished: false, event_type: 'stream-start', generation_id: 'x' },
        { is_finished: false, event_type: 'text-generation', text: 'Hello' },
        { is_finished: false, event_type: 'text-generation', text: ' there' },
        {
          is_finished: true,
          event_type: 'stream-end',
          finish_reason: 'COMPLETE',
          response: { text: 'Hello there' },
          ...METRICS,
        },
      ],
      'COMPLETE',
    ),
    'Command R in one piece': piece(
      'cohere.command-r-plus-v1:0',
      { response_id: 'x', text: 'Hello there', generation_id: 'y', finish_reason: 'COMPLETE' },
      'COMPLETE',
    ),
    'DeepSeek-R1': stream(
      'us.deepseek.r1-v1:0',
      [
        { choices: [{ text: 'Hello', stop_reason: null }] },
        { choices: [{ text: ' there', stop_reason: 'length' }], ...METRICS },
      ],
      'length',
    ),
    'DeepSeek-R1 in one piece': piece(
      'us.deepseek.r1-v1:0',
      { choices: [{ text: 'Hello there', stop_reason: 'stop' }] },
      'stop',
    ),
    'gpt-oss, its thoughts in tags': {
      ...stream(
        'openai.gpt-oss-20b-1:0',
        [
          chunkOf(''),
          chunkOf('<reas'),
          chunkOf('oning>We need </'),
          chunkOf('b> more.</rea'),
          chunkOf('soning>Hello'),
          chunkOf(' <there>'),
          { ...chunkOf('', 'stop') },
          { object: 'chat.completion.chunk', choices: [], ...METRICS },
        ],
        'stop',
        'Hello <there>',
      ),
      call: chatWith('openai.gpt-oss-20b-1:0'),
      reasoning: 'We need </b> more.',
    },
    'gpt-oss in one piece': {
      headers: COUNT_HEADERS,
      body: JSON.stringify({
        object: 'chat.completion',
        choices: [
          { index: 0, message: { content: '<reasoning>Hm.</reasoning>Hello there' }, finish_reason: 'stop' },
        ],
        usage: { prompt_tokens: 12, completion_tokens: 5 },
      }),
      call: whole(chatWith('openai.gpt-oss-120b-1:0')),
      text: 'Hello there',
      reasoning: 'Hm.',
      usage: COUNTED,
      finishReason: 'stop',
    },
    'a container of the marketplace that sends events': {
      ...stream(
        'arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-llm',
        [
          `data: ${JSON.stringify({ object: 'text_completion', choices: [{ index: 0, text: 'Hello', finish_reason: null }] })}\n\nda`,
          `ta: ${JSON.stringify({ object: 'text_completion', choices: [{ index: 0, text: ' there', finish_reason: 'stop' }], usage: { prompt_tokens: 12, completion_tokens: 5 } })}\n\n`,
          'data: [DONE]\n\n',
        ],
        'stop',
      ),
    },
    'an imported model in one piece': piece(
      'arn:aws:bedrock:us-east-1:123456789012:imported-model/abc',
      {
        object: 'text_completion',
        choices: [{ index: 0, text: 'Hello there', finish_reason: 'stop' }],
        usage: { prompt_tokens: 12, completion_tokens: 5 },
      },
      'stop',
    ),
    'embeddings of Titan': {
      headers: JSON_BODY,
      body: JSON.stringify({ embedding: [0.5, -1, 0], inputTextTokenCount: 12 }),
      call: embedding('amazon.titan-embed-text-v2:0', 'Hello'),
      embeddings: [[0.5, -1, 0]],
      usage: { inputTokens: 12 },
    },
    'embeddings of Cohere': {
      headers: { ...JSON_BODY, 'X-Amzn-Bedrock-Input-Token-Count': '4' },
      body: JSON.stringify({ id: 'x', embeddings: [[1, 2], [3, 4]], response_type: 'embeddings_floats' }),
      call: embedding('cohere.embed-english-v3', ['Hello', 'there']),
      embeddings: [[1, 2], [3, 4]],
      usage: { inputTokens: 4 },
    },
    'embeddings of Cohere by type': {
      headers: JSON_BODY,
      body: JSON.stringify({ id: 'x', embeddings: { float: [[1, 2]] }, response_type: 'embeddings_by_type' }),
      call: embedding('us.cohere.embed-v4:0', 'Hello'),
      embeddings: [[1, 2]],
    },
  },
  errors: [
    {
      what: 'a guardrail stepped in',
      headers: EVENT_STREAM,
      body: invokeStream([
        { outputText: 'Sorry.', index: 0, 'amazon-bedrock-guardrailAction': 'INTERVENED' },
        { outputText: '', completionReason: 'FINISH', 'amazon-bedrock-guardrailAction': 'INTERVENED', ...METRICS },
      ]),
      call: completionWith('amazon.titan-text-express-v1'),
      class: 'content_filter',
      code: 'guardrail_intervened',
    },
    {
      what: 'Claude refuses',
      headers: EVENT_STREAM,
      body: invokeStream([
        CLAUDE_BEGINS,
        { type: 'message_delta', delta: { stop_reason: 'refusal' }, usage: { output_tokens: 1 } },
        { type: 'message_stop', ...METRICS },
      ]),
      class: 'content_filter',
      code: 'refusal',
    },
    {
      what: 'Anthropic is overloaded',
      headers: EVENT_STREAM,
      body: invokeStream([
        CLAUDE_BEGINS,
        { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      ]),
      class: 'overloaded',
      code: 'overloaded_error',
    },
    {
      what: 'the model took too long',
      headers: EVENT_STREAM,
      body: Buffer.concat([
        invokeStream([CLAUDE_BEGINS]),
        exception('modelTimeoutException', { message: 'Model has timed out in processing the request.' }),
      ]),
      class: 'stream_error',
      code: 'modelTimeoutException',
    },
    {
      what: 'a body the model does not take',
      status: 400,
      headers: { ...JSON_BODY, 'x-amzn-ErrorType': 'ValidationException' },
      body: '{"message":"Malformed input request: extraneous key [top_k] is not permitted, please reformat."}',
      class: 'http_4xx',
    },
    {
      what: 'an answer of another family',
      headers: JSON_BODY,
      body: '{"generation":"Hello"}',
      call: whole(CLAUDE),
      class: 'malformed',
    },
  ],
  malformed: { headers: EVENT_STREAM, body: Buffer.concat([invokeStream([CLAUDE_BEGINS]), invokeStream(['{"type":'])]) },
  empty: {
    headers: EVENT_STREAM,
    body: invokeStream([
      CLAUDE_BEGINS,
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 0 } },
      { type: 'message_stop' },
    ]),
  },
  endless: { headers: EVENT_STREAM, ...endlessMessage() },
}
