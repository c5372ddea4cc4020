import { describe, expect, it } from 'vitest'
import { CHAT, chunk, feed, finish, WHOLE } from '../__fixtures__/feed.ts'

describe('deltas that hold nothing yield no part', () => {
  it.each<[string, unknown]>([
    ['role only (OpenAI, vLLM)', { role: 'assistant', content: '', refusal: null }],
    ['empty content', { content: '' }],
    ['null content, empty reasoning (DeepSeek)', { role: 'assistant', content: null, reasoning_content: '' }],
    ['an empty object', {}],
    ['null', null],
    ['empty content parts', { content: [] }],
    ['no tool calls', { tool_calls: null, function_call: null }],
    ['a tool call of nothing', { tool_calls: [{ index: 0, function: { arguments: '' } }] }],
  ])('%s', (_, delta) => {
    expect(feed([chunk(delta)])).toEqual([])
  })

  it('an Azure chunk with only the prompt filter', () => {
    expect(feed([{ choices: [], id: '', model: '', prompt_filter_results: [{ prompt_index: 0 }] }])).toEqual(
      [],
    )
  })

  it("SGLang's extension chunk, which has no choices and no usage either", () => {
    expect(feed([{ choices: [], sglext: { routed_experts: [] } }])).toEqual([])
  })
})

describe('text', () => {
  it.each<[string, unknown, string[]]>([
    ['content', { content: 'Hi' }, ['Hi']],
    ['white space is a token', { content: ' ' }, [' ']],
    ['with the role repeated (TGI)', { role: 'assistant', content: '\n' }, ['\n']],
    ['a refusal', { refusal: 'I cannot' }, ['I cannot']],
    [
      'text parts (Mistral)',
      {
        content: [
          { type: 'text', text: '2 + ' },
          { type: 'text', text: '2' },
        ],
      },
      ['2 + ', '2'],
    ],
  ])('%s', (_, delta, texts) => {
    expect(feed([chunk(delta)])).toEqual(texts.map((text) => ({ type: 'text-delta', text })))
  })
})

describe('reasoning', () => {
  it.each<[string, unknown, string[]]>([
    ['reasoning_content', { content: null, reasoning_content: 'The' }, ['The']],
    ['reasoning', { reasoning: 'The' }, ['The']],
    ['both and equal count once', { reasoning: 'The', reasoning_content: 'The' }, ['The']],
    ['one of both empty', { reasoning: 'The', reasoning_content: '' }, ['The']],
    ['both and different are both kept', { reasoning: 'b', reasoning_content: 'a' }, ['a', 'b']],
    [
      'thinking parts (Mistral)',
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'The user' }] }] },
      ['The user'],
    ],
    ['thinking as plain text', { content: [{ type: 'thinking', thinking: 'hm' }] }, ['hm']],
  ])('%s', (_, delta, texts) => {
    expect(feed([chunk(delta)])).toEqual(texts.map((text) => ({ type: 'reasoning-delta', text })))
  })

  it('comes before the text of the same chunk', () => {
    expect(feed([chunk({ content: 'so', reasoning: 'hence' })])).toEqual([
      { type: 'reasoning-delta', text: 'hence' },
      { type: 'text-delta', text: 'so' },
    ])
  })
})

function piece(
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
  args: unknown,
): unknown {
  return chunk({ tool_calls: [{ index, id, function: { name, arguments: args } }] })
}

describe('tool calls', () => {
  it('are keyed by index; id and name come with the first piece', () => {
    expect(
      feed([
        piece(0, 'call_a', 'weather', ''),
        piece(0, undefined, undefined, '{"city":'),
        piece(1, 'call_b', 'time', '{}'),
        piece(0, '', '', '"Rome"}'),
      ]),
    ).toEqual([
      { type: 'tool-delta', index: 0, id: 'call_a', name: 'weather', arguments: '' },
      { type: 'tool-delta', index: 0, arguments: '{"city":' },
      { type: 'tool-delta', index: 1, id: 'call_b', name: 'time', arguments: '{}' },
      { type: 'tool-delta', index: 0, arguments: '"Rome"}' },
    ])
  })

  it('without an index: a name begins a call, anything else continues the last one', () => {
    const parts = feed([
      piece(undefined, 'a', 'weather', '{'),
      piece(undefined, undefined, undefined, '}'),
      piece(undefined, 'b', 'time', '{}'),
    ])
    expect(parts.map((part) => part.type === 'tool-delta' && part.index)).toEqual([0, 0, 1])
  })

  it('in one piece have no index either', () => {
    const message = {
      content: null,
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
        { id: 'b', type: 'function', function: { name: 'time', arguments: { zone: 'CET' } } },
      ],
    }
    expect(
      feed([{ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }], { head: WHOLE }),
    ).toEqual([
      { type: 'tool-delta', index: 0, id: 'a', name: 'weather', arguments: '{"city":"Rome"}' },
      { type: 'tool-delta', index: 1, id: 'b', name: 'time', arguments: '{"zone":"CET"}' },
      { type: 'finish', reason: 'tool_calls' },
    ])
  })

  it('the legacy function_call is tool call 0', () => {
    expect(
      feed([
        chunk({ function_call: { name: 'weather', arguments: '' } }),
        chunk({ function_call: { arguments: '{}' } }),
      ]),
    ).toEqual([
      { type: 'tool-delta', index: 0, name: 'weather', arguments: '' },
      { type: 'tool-delta', index: 0, arguments: '{}' },
    ])
  })

  it('of several choices do not meet', () => {
    const choices = [0, 1].flatMap((choice) =>
      [0, 1].map((index) => ({
        index: choice,
        delta: { tool_calls: [{ index, function: { name: 'f', arguments: '{}' } }] },
      })),
    )
    const parts = feed([{ choices }], { call: { ...CHAT, n: 2 } })
    expect(new Set(parts.map((part) => part.type === 'tool-delta' && part.index)).size).toBe(4)
  })
})

describe('exact token counts', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'logprobs',
      { logprobs: { content: [{ token: 'H' }, { token: 'i' }], refusal: null } },
      { content: 'Hi' },
    ],
    ['token_ids of the choice (vLLM)', { token_ids: [1, 2] }, { content: 'Hi' }],
    ['token_ids of the delta', {}, { content: 'Hi', token_ids: [1, 2] }],
    ['both say the same tokens', { token_ids: [1, 2], logprobs: { content: [{}, {}] } }, { content: 'Hi' }],
  ])('%s', (_, rest, delta) => {
    expect(feed([chunk(delta, rest)])).toEqual([{ type: 'text-delta', text: 'Hi', tokens: 2 }])
  })

  it('of a refusal', () => {
    expect(feed([chunk({ refusal: 'No' }, { logprobs: { content: null, refusal: [{}] } })])).toEqual([
      { type: 'text-delta', text: 'No', tokens: 1 },
    ])
  })

  it('are said once when a chunk holds reasoning and text', () => {
    expect(feed([chunk({ reasoning: 'so', content: 'Hi' }, { token_ids: [1, 2, 3] })])).toEqual([
      { type: 'reasoning-delta', text: 'so', tokens: 3 },
      { type: 'text-delta', text: 'Hi', tokens: 0 },
    ])
  })

  it('are kept where tokens have no text: held back, end of sequence, tool calls', () => {
    const parts = feed([
      chunk({ content: '' }, { token_ids: [1] }),
      chunk({ content: 'é' }, { token_ids: [2] }),
      chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] }, { token_ids: [3, 4] }),
      chunk({ content: '' }, { token_ids: [5], finish_reason: 'stop' }),
    ])
    expect(parts).toEqual([
      { type: 'text-delta', text: '', tokens: 1 },
      { type: 'text-delta', text: 'é', tokens: 1 },
      { type: 'tool-delta', index: 0, name: 'f', arguments: '{}' },
      { type: 'text-delta', text: '', tokens: 2 },
      { type: 'text-delta', text: '', tokens: 1 },
      { type: 'finish', reason: 'stop' },
    ])
  })

  it('do not run over into a chunk that has none', () => {
    expect(feed([chunk({ content: 'a' }, { token_ids: [1] }), chunk({ content: 'b' })])).toEqual([
      { type: 'text-delta', text: 'a', tokens: 1 },
      { type: 'text-delta', text: 'b' },
    ])
  })
})

describe('an answer in one piece', () => {
  const answer = {
    object: 'chat.completion',
    choices: [
      { index: 0, message: { role: 'assistant', reasoning: 'hm', content: 'Hi' }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  }
  const parts = [
    { type: 'reasoning-delta', text: 'hm' },
    { type: 'text-delta', text: 'Hi' },
    { type: 'finish', reason: 'stop' },
    { type: 'usage', inputTokens: 3, outputTokens: 2 },
  ]

  it('is read where one was asked for', () => {
    expect(feed([answer], { head: WHOLE, call: { ...CHAT, stream: false } })).toEqual(parts)
  })

  it('is read where a stream was asked for', () => {
    expect(feed([answer], { head: WHOLE })).toEqual(parts)
  })

  it('has ended, even if it does not say how', () => {
    const silent = { choices: [{ index: 0, message: { content: 'Hi' } }] }
    expect(feed([silent], { head: WHOLE }).at(-1)).toEqual({ type: 'finish', reason: 'unknown' })
  })

  it('has ended, even if it holds fewer choices than asked for', () => {
    expect(feed([answer], { head: WHOLE, call: { ...CHAT, n: 3 } })).toContainEqual({
      type: 'finish',
      reason: 'stop',
    })
  })

  it.each([['{}'], ['{"choices":[]}'], ['[]'], ['"ok"'], ['<html>hello</html>']])(
    '%s is no answer',
    (body) => {
      expect(feed([body], { head: WHOLE })).toEqual([
        { type: 'error', class: 'malformed', message: expect.stringContaining(body) },
      ])
    },
  )
})

describe('a stream where one piece was asked for is read as the stream it is', () => {
  it('finishes with the finish chunk', () => {
    const call = { ...CHAT, stream: false }
    expect(feed([chunk({ content: 'Hi' })], { call })).toEqual([{ type: 'text-delta', text: 'Hi' }])
    expect(feed([finish('stop')], { call })).toEqual([{ type: 'finish', reason: 'stop' }])
  })
})
