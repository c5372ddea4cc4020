import type { Part, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, STREAM, WHOLE } from '../__fixtures__/feed.ts'
import { openaiResponsesPlugin } from '../plugin.ts'

function read(events: readonly unknown[], head: ResponseHead = STREAM): Part[] {
  const decode = openaiResponsesPlugin().decoder(head, CHAT)
  return events.flatMap((event) =>
    decode({ data: typeof event === 'string' ? event : JSON.stringify(event) }),
  )
}

const delta = (kind: string, text: unknown, rest: object = {}) => ({
  type: `response.${kind}.delta`,
  item_id: 'x',
  output_index: 0,
  delta: text,
  ...rest,
})
const end = (status: string, response: object = {}) => ({
  type: `response.${status}`,
  response: { status, ...response },
})
const added = (item: object, place = 0) => ({ type: 'response.output_item.added', output_index: place, item })
const done = (item: object, place = 0) => ({ type: 'response.output_item.done', output_index: place, item })

const TEXT = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
}
const CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'weather',
  arguments: '{"city":"Rome"}',
}
const USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 2 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 16,
}
const COUNTS = { type: 'usage', inputTokens: 9, outputTokens: 7, reasoningTokens: 3, cachedTokens: 2 }
const FINISH = { type: 'finish', reason: 'completed' }

describe('deltas', () => {
  it.each([
    ['output_text', 'text-delta'],
    ['refusal', 'text-delta'],
    ['reasoning_text', 'reasoning-delta'],
    ['reasoning_summary_text', 'reasoning-delta'],
  ])('%s is a %s', (kind, type) => {
    expect(read([delta(kind, ' ', { obfuscation: 'abc' })])).toEqual([{ type, text: ' ' }])
  })

  it.each([[''], [null], [7], [undefined], [{}]])('delta %j is none', (text) => {
    expect(read([delta('output_text', text), delta('function_call_arguments', text)])).toEqual([])
  })

  it('with logprobs say how many tokens they are, without any they do not', () => {
    expect(
      read([
        delta('output_text', 'Hi there', { logprobs: [{}, {}] }),
        delta('output_text', '!', { logprobs: [] }),
      ]),
    ).toEqual([
      { type: 'text-delta', text: 'Hi there', tokens: 2 },
      { type: 'text-delta', text: '!' },
    ])
  })
})

describe('tool calls', () => {
  it('are named when they begin and keyed by their place in the output', () => {
    const events = [
      added({ ...CALL, arguments: '' }, 1),
      delta('function_call_arguments', '{"city":', { output_index: 1 }),
      delta('function_call_arguments', '"Rome"}', { output_index: 1 }),
      { type: 'response.function_call_arguments.done', output_index: 1, arguments: '{"city":"Rome"}' },
      done(CALL, 1),
    ]
    expect(read(events)).toEqual([
      { type: 'tool-delta', index: 1, id: 'call_1', name: 'weather', arguments: '' },
      { type: 'tool-delta', index: 1, arguments: '{"city":' },
      { type: 'tool-delta', index: 1, arguments: '"Rome"}' },
    ])
  })

  it('that come in one piece are read from it', () => {
    const whole = { type: 'tool-delta', index: 0, arguments: '{"city":"Rome"}' }
    const name = { type: 'tool-delta', index: 0, id: 'call_1', name: 'weather', arguments: '' }
    expect(read([added({ ...CALL, arguments: '' }), done(CALL)])).toEqual([name, whole])
    expect(read([done(CALL)])).toEqual([name, whole])
  })

  it.each<[string, object, string, string]>([
    ['a custom tool', { type: 'custom_tool_call', name: 'sql', input: 'SELECT 1' }, 'sql', 'SELECT 1'],
    ['the code interpreter', { type: 'code_interpreter_call', code: '1+1' }, 'code_interpreter', '1+1'],
    ['MCP', { type: 'mcp_call', name: 'short', arguments: '{}' }, 'short', '{}'],
    [
      'a patch',
      { type: 'apply_patch_call', operation: { type: 'delete_file' } },
      'apply_patch',
      '{"type":"delete_file"}',
    ],
  ])('of %s hold what the model wrote', (_, item, name, written) => {
    expect(read([done({ id: 'i', ...item })])).toEqual([
      { type: 'tool-delta', index: 0, id: 'i', name, arguments: '' },
      { type: 'tool-delta', index: 0, arguments: written },
    ])
  })
})

describe('the end', () => {
  it('is response.completed, with the token counts; no [DONE] is needed and none harms', () => {
    expect(read([delta('output_text', 'Hi'), end('completed', { usage: USAGE }), '[DONE]'])).toEqual([
      { type: 'text-delta', text: 'Hi' },
      COUNTS,
      FINISH,
    ])
  })

  it('does not come from anything before it', () => {
    const events = [
      end('created'),
      end('in_progress'),
      added(TEXT),
      delta('output_text', 'Hi'),
      { type: 'response.output_text.done', output_index: 0, text: 'Hi' },
      done(TEXT),
      '[DONE]',
    ]
    expect(read(events)).toEqual([{ type: 'text-delta', text: 'Hi' }])
  })

  it.each([
    [{ reason: 'max_output_tokens' }, 'max_output_tokens'],
    [null, 'incomplete'],
    [{ reason: 7 }, 'incomplete'],
  ])('incomplete because of %j', (details, reason) => {
    expect(read([end('incomplete', { incomplete_details: details, usage: USAGE })])).toEqual([
      COUNTS,
      { type: 'finish', reason },
    ])
  })

  it('incomplete because of the filter is an error as well', () => {
    expect(read([end('incomplete', { incomplete_details: { reason: 'content_filter' } })])).toEqual([
      { type: 'error', class: 'content_filter', code: 'content_filter', message: expect.any(String) },
      { type: 'finish', reason: 'content_filter' },
    ])
  })

  it.each<[object, object]>([
    [{ error: { code: 'server_error', message: 'sorry' } }, { code: 'server_error', message: 'sorry' }],
    [
      { error: { code: 'rate_limit_exceeded', message: 'slow' } },
      { class: 'rate_limited', code: 'rate_limit_exceeded', message: 'slow' },
    ],
    [{ error: null }, { class: 'stream_error', code: 'failed', message: 'the response ended as failed' }],
  ])('failed with %j is an error and no finish', (response, error) => {
    expect(read([end('failed', response)])).toEqual([{ type: 'error', ...error }])
  })
})

describe('the error event', () => {
  it.each<[string, object]>([
    [
      'flat',
      { type: 'error', code: 'rate_limit_exceeded', message: 'slow', param: null, sequence_number: 2 },
    ],
    [
      'nested',
      {
        type: 'error',
        sequence_number: 2,
        error: { type: 'x', code: 'rate_limit_exceeded', message: 'slow' },
      },
    ],
  ])('%s', (_, event) => {
    expect(read([event])).toEqual([
      { type: 'error', class: 'rate_limited', code: 'rate_limit_exceeded', message: 'slow' },
    ])
  })

  it('as gateways write it', () => {
    expect(read([{ error: 'upstream gone' }])).toEqual([{ type: 'error', message: 'upstream gone' }])
  })
})

describe('what is passed over', () => {
  it.each([
    [{ type: 'response.web_search_call.searching', output_index: 0 }],
    [{ type: 'response.something.new', delta: 'x', error: { message: 'of a tool' }, message: 'x' }],
    [{ type: 'keepalive' }],
    [{}],
    [{ type: 7 }],
    [added({ type: 'web_search_call' })],
    [done({ type: 'reasoning', summary: [], content: null })],
    [done({ type: 'message', content: [null, 7, { text: '' }] })],
    [{ type: 'response.output_item.done', item: null }],
  ])('%j', (event) => {
    expect(read([event])).toEqual([])
  })
})

describe('a response in one piece', () => {
  const response = {
    object: 'response',
    status: 'completed',
    error: null,
    output: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] }, TEXT, CALL],
    usage: USAGE,
  }
  const content = [
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'text-delta', text: 'Hi' },
    { type: 'tool-delta', index: 2, id: 'call_1', name: 'weather', arguments: '' },
    { type: 'tool-delta', index: 2, arguments: '{"city":"Rome"}' },
  ]

  it('is read as it stands', () => {
    expect(read([response], WHOLE)).toEqual([...content, COUNTS, FINISH])
  })

  it('is read from the last event, where no other told any of it', () => {
    expect(read([end('created'), end('completed', response)])).toEqual([...content, COUNTS, FINISH])
  })

  it('that is still at work has not ended', () => {
    expect(read([{ ...response, status: 'queued', output: [], usage: null }], WHOLE)).toEqual([])
  })

  it.each([['cancelled'], ['failed']])('that has %s is an error', (status) => {
    expect(read([{ status, output: [] }], WHOLE)).toEqual([
      { type: 'error', class: 'stream_error', code: status, message: expect.any(String) },
    ])
  })

  it.each([['{}'], ['{"output":null}'], ['{"choices":[]}'], ['[]'], ['<p>']])('%s is none', (body) => {
    expect(read([body], WHOLE)).toEqual([
      { type: 'error', class: 'malformed', message: expect.stringContaining(body) },
    ])
  })
})
