import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  chat,
  chunksOf,
  contentOf,
  dataOf,
  finishesOf,
  textOf,
  type Heard,
  type WireChunk,
} from '../../test/client.ts'
import type { Simulator } from '../server.ts'
import { serveSimulator } from '../simulator.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await serveSimulator({ ttft: 1, itl: 1, outputTokens: 6 })
})
afterAll(() => simulator.stop())

const TOOLS = [
  { type: 'function', function: { name: 'search', parameters: {} } },
  {
    type: 'function',
    function: { name: 'weather', parameters: { properties: { city: { type: 'string' } } } },
  },
]
const complete = (body: object, sim = {}) =>
  ask(simulator.port, { path: '/v1/completions', body: { prompt: 'Once upon', ...body }, sim })
const shape = ({ choices }: WireChunk) => Object.keys(choices[0]?.delta ?? { none: 0 }).join()

describe('a chat stream', () => {
  it('is a role, one chunk a token, a finish reason and [DONE]', async () => {
    const heard = await chat(simulator.port)
    expect(heard).toMatchObject({
      status: 200,
      complete: true,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    })
    const chunks = chunksOf(heard)
    expect(chunks[0]?.choices[0]).toEqual({
      index: 0,
      delta: { role: 'assistant', content: '' },
      logprobs: null,
      finish_reason: null,
    })
    expect(chunks.map(shape)).toEqual(['role,content', ...Array.from({ length: 6 }, () => 'content'), ''])
    expect(finishesOf(heard)).toEqual(['stop'])
    expect(dataOf(heard).at(-1)).toBe('[DONE]')
    expect(new Set(chunks.map(({ id, object, model }) => `${id} ${object} ${model}`)).size).toBe(1)
    expect(chunks[0]).toMatchObject({
      object: 'chat.completion.chunk',
      model: 'm',
      id: expect.stringMatching(/^chatcmpl-/),
    })
  })

  it('carries several tokens in a chunk where asked to', async () => {
    const heard = await chat(simulator.port, { sim: { text: 'one two three four five', tokensPerChunk: 2 } })
    expect(contentOf(heard)).toEqual(['one two', ' three four', ' five'])
  })

  it('says what it is told to, markup and all', async () => {
    const text = '<script>alert(1)</script> "quoted" \\ back\nline'
    expect(textOf(await chat(simulator.port, { sim: { text } }))).toBe(text)
  })

  it('has exactly as many tokens as a request for a fixed length asks for', async () => {
    const body = { ignore_eos: true, max_tokens: 33 }
    const heard = await chat(simulator.port, { body })
    expect(contentOf(heard)).toHaveLength(33)
    expect(finishesOf(heard)).toEqual(['length'])
    expect(
      contentOf(await chat(simulator.port, { body: { min_tokens: 21, max_completion_tokens: 21 } })),
    ).toHaveLength(21)
  })

  it.each(['reasoning_content', 'reasoning'] as const)(
    'brings reasoning first, in the field %s',
    async (field) => {
      const sim = { reasoningTokens: 4, reasoningField: field, text: 'the answer', tokensPerChunk: 3 }
      const heard = await chat(simulator.port, { sim, body: { stream_options: { include_usage: true } } })
      // The chunk in which reasoning ends and text begins becomes two.
      expect(chunksOf(heard).map(shape)).toEqual(['role,content', field, field, 'content', '', 'none'])
      expect(textOf(heard)).toBe('the answer')
      expect(textOf(heard, field).split(' ')).toHaveLength(4)
      expect(chunksOf(heard).at(-1)?.usage).toMatchObject({
        completion_tokens: 6,
        completion_tokens_details: { reasoning_tokens: 4 },
      })
    },
  )

  it('calls the tool the request insists on, its arguments in fragments', async () => {
    const body = { tools: TOOLS, tool_choice: { type: 'function', function: { name: 'weather' } } }
    const heard = await chat(simulator.port, { body })
    const calls = chunksOf(heard).flatMap(({ choices }) =>
      choices.flatMap(({ delta }) => delta.tool_calls ?? []),
    )
    expect(calls[0]).toEqual({
      index: 0,
      id: expect.stringMatching(/^call_/),
      type: 'function',
      function: { name: 'weather', arguments: '' },
    })
    expect(calls).toHaveLength(1 + 6)
    expect(JSON.parse(calls.map((call) => call.function.arguments).join(''))).toEqual({
      city: expect.any(String),
    })
    expect(finishesOf(heard)).toEqual(['tool_calls'])
    expect(textOf(heard)).toBe('')
  })

  it.each([
    [{ tools: TOOLS }, {}, false],
    [{ tools: TOOLS, tool_choice: 'auto' }, {}, false],
    [{ tools: TOOLS, tool_choice: 'required' }, {}, true],
    [{ tools: TOOLS, tool_choice: 'required' }, { toolCalls: 'never' }, false],
    [{ tools: TOOLS }, { toolCalls: 'always' }, true],
    [{ tools: TOOLS, tool_choice: 'none' }, { toolCalls: 'always' }, false],
    [{}, { toolCalls: 'always' }, false],
  ] as const)('for %j with %j calls a tool: %s', async (body, sim, called) => {
    const heard = await chat(simulator.port, { body, sim })
    expect(finishesOf(heard)).toEqual([called ? 'tool_calls' : 'stop'])
  })

  it('interleaves several choices, each with its own end', async () => {
    const heard = await chat(simulator.port, {
      body: { n: 3 },
      sim: { seed: 1, outputTokens: 'uniform:2,30' },
    })
    const choices = chunksOf(heard).flatMap((chunk) => chunk.choices)
    expect(choices.slice(0, 6).map(({ index }) => index)).toEqual([0, 1, 2, 0, 1, 2])
    expect(finishesOf(heard)).toEqual(['stop', 'stop', 'stop'])
    for (const index of [0, 1, 2]) {
      const own = choices.filter((choice) => choice.index === index)
      expect(own.findIndex(({ finish_reason: reason }) => reason !== null)).toBe(own.length - 1)
      expect(own.length).toBeGreaterThan(3)
    }
    expect(new Set([0, 1, 2].map((index) => textOf(heard, 'content', index))).size).toBe(3)
  })
})

describe('usage', () => {
  const asked = { stream_options: { include_usage: true } }
  const continuous = { stream_options: { include_usage: true, continuous_usage_stats: true } }

  it.each([
    ['on-request', {}, 'absent'],
    ['on-request', asked, 'last chunk'],
    ['on-request', continuous, 'every chunk'],
    ['always', {}, 'last chunk'],
    ['never', asked, 'absent'],
    ['finish-chunk', {}, 'finish chunk'],
    ['every-chunk', {}, 'every chunk'],
  ] as const)('set to %s for a request with %j is: %s', async (usage, body, place) => {
    const chunks = chunksOf(await chat(simulator.port, { body, sim: { usage } }))
    const counts = chunks.map((chunk) =>
      chunk.usage === undefined ? '-' : chunk.usage === null ? 'null' : chunk.usage.completion_tokens,
    )
    const [role, finish] = [1, 1]
    expect(chunks).toHaveLength(
      role + 6 + finish + (place === 'last chunk' || place === 'every chunk' ? 1 : 0),
    )
    expect(counts).toEqual(
      {
        absent: Array.from({ length: 8 }, () => '-'),
        'last chunk': [...Array.from({ length: 8 }, () => 'null'), 6],
        'finish chunk': [...Array.from({ length: 7 }, () => '-'), 6],
        'every chunk': [0, 1, 2, 3, 4, 5, 6, 6, 6],
      }[place],
    )
    if (place.endsWith('chunk') && place !== 'finish chunk') expect(chunks.at(-1)?.choices).toEqual([])
  })

  it('counts the prompt by its length, and what of it was cached', async () => {
    const content = [
      { type: 'text', text: 'x'.repeat(300) },
      { type: 'image_url', image_url: { url: 'data:' } },
    ]
    const messages = [
      { role: 'system', content: 'x'.repeat(97) },
      { role: 'user', content },
      { role: 'assistant', content: null },
    ]
    const heard = await chat(simulator.port, { body: { ...asked, messages }, sim: { cachedTokens: 64 } })
    expect(chunksOf(heard).at(-1)?.usage).toEqual({
      prompt_tokens: 100,
      completion_tokens: 6,
      total_tokens: 106,
      prompt_tokens_details: { cached_tokens: 64 },
    })
  })

  it('on the finish chunk stands on the last of several', async () => {
    const chunks = chunksOf(await chat(simulator.port, { body: { n: 2 }, sim: { usage: 'finish-chunk' } }))
    const finishes = chunks.filter(({ choices }) => choices[0]?.finish_reason === 'stop')
    expect(finishes.map(({ usage }) => usage?.completion_tokens)).toEqual([undefined, 12])
  })
})

describe('completions', () => {
  it('stream text without a role', async () => {
    const heard = await complete({ stream: true }, { text: 'a time there', reasoningTokens: 5 })
    const chunks = chunksOf(heard)
    expect(chunks.map(({ choices }) => choices[0]?.text)).toEqual(['a', ' time', ' there', ''])
    expect(chunks[0]).toMatchObject({ object: 'text_completion', id: expect.stringMatching(/^cmpl-/) })
    expect(finishesOf(heard)).toEqual(['stop'])
    expect(dataOf(heard).at(-1)).toBe('[DONE]')
  })

  it.each([
    ['x'.repeat(12), 1, 3],
    [[1, 2, 3, 4], 1, 4],
    [['xxxx', 'x'.repeat(9)], 2, 4],
    [[[1, 2], [3], [4, 5]], 3, 5],
  ])('take a prompt such as %j as %i prompts of %i tokens', async (prompt, choices, tokens) => {
    const body = JSON.parse((await complete({ prompt, n: 2 })).body) as WireChunk
    expect(body.choices).toHaveLength(2 * choices)
    expect(body.usage).toMatchObject({ prompt_tokens: tokens, completion_tokens: 6 * 2 * choices })
  })

  it('without a prompt are refused', async () => {
    expect((await ask(simulator.port, { path: '/v1/completions', body: {} })).status).toBe(400)
  })
})

describe('an answer that is not streamed', () => {
  it('has everything in one document', async () => {
    const sim = { text: 'the answer', reasoningTokens: 2, cachedTokens: 1 }
    const heard = await chat(simulator.port, { body: { stream: false, n: 2 }, sim })
    expect(heard).toMatchObject({
      status: 200,
      complete: true,
      headers: { 'content-type': 'application/json' },
    })
    const choice = (index: number) => ({
      index,
      message: {
        role: 'assistant',
        content: 'the answer',
        reasoning_content: expect.stringMatching(/^\S+ \S+$/),
      },
      logprobs: null,
      finish_reason: 'stop',
    })
    expect(JSON.parse(heard.body)).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'm',
      choices: [choice(0), choice(1)],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 8,
        total_tokens: 13,
        prompt_tokens_details: { cached_tokens: 1 },
        completion_tokens_details: { reasoning_tokens: 4 },
      },
    })
  })

  it('can be a call of a tool', async () => {
    const body = JSON.parse(
      (await chat(simulator.port, { body: { stream: false, tools: TOOLS, tool_choice: 'required' } })).body,
    ) as object
    expect(body).toMatchObject({
      choices: [
        {
          message: {
            content: null,
            tool_calls: [{ type: 'function', function: { name: 'search', arguments: '{}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
    })
  })

  it('leaves its counts out only where they are never told', async () => {
    const usage = async (setting: 'never' | 'on-request') =>
      (
        JSON.parse(
          (await chat(simulator.port, { body: { stream: false }, sim: { usage: setting } })).body,
        ) as WireChunk
      ).usage
    expect(await usage('never')).toBeUndefined()
    expect(await usage('on-request')).toBeDefined()
  })
})

describe('what is told of tokens beside their text', () => {
  const SIM = { text: 'one two three', tokensPerChunk: 2, reasoningTokens: 1 }
  type Told = WireChunk['choices'][number] & {
    readonly logprobs?: {
      readonly content?: readonly { readonly token: string; readonly top_logprobs: readonly unknown[] }[]
      readonly tokens?: readonly string[]
      readonly text_offset?: readonly number[]
      readonly top_logprobs?: readonly object[]
    }
    readonly token_ids?: readonly number[]
  }
  const told = (heard: Pick<Heard, 'body'>) =>
    chunksOf(heard).flatMap(({ choices }) => choices as readonly Told[])

  it('is nothing unless asked for', async () => {
    const choices = told(await chat(simulator.port, { sim: SIM }))
    expect(choices.filter(({ logprobs, token_ids: ids }) => logprobs !== null || ids !== undefined)).toEqual(
      [],
    )
  })

  it('is an entry for every token of a chat, reasoning and calls included', async () => {
    const body = { logprobs: true, top_logprobs: 3 }
    const choices = told(await chat(simulator.port, { sim: SIM, body }))
    const entries = choices.map(({ logprobs }) => logprobs?.content ?? [])
    // The role, a word of reasoning and one of text, the other two, the end.
    expect(entries.map(({ length }) => length)).toEqual([0, 1, 1, 2, 0])
    expect(
      entries
        .flat()
        .slice(1)
        .map(({ token }) => token),
    ).toEqual(['one', ' two', ' three'])
    for (const { top_logprobs: top } of entries.flat()) expect(top).toHaveLength(3)
    const call = { ...body, tools: TOOLS, tool_choice: 'required' }
    expect(
      told(await chat(simulator.port, { body: call })).flatMap(({ logprobs }) => logprobs?.content ?? []),
    ).toHaveLength(2)
  })

  it('are their numbers, the same for the same token', async () => {
    const body = { return_token_ids: true, n: 2 }
    const choices = told(await chat(simulator.port, { sim: { text: 'one two one two' }, body }))
    const ids = choices.filter(({ index }) => index === 1).flatMap(({ token_ids: some = [] }) => some)
    expect(ids).toHaveLength(4)
    expect(ids[1]).toBe(ids[3])
    expect(new Set(ids).size).toBe(3)
  })

  it('stands in lists of equal length in a completion, with the place of each token', async () => {
    const heard = await complete({ stream: true, logprobs: 2 }, { text: 'one two three', tokensPerChunk: 2 })
    const lists = told(heard).flatMap(({ logprobs }) => logprobs ?? [])
    expect(lists.map(({ tokens }) => tokens)).toEqual([['one', ' two'], [' three']])
    expect(lists.flatMap((list) => list.text_offset)).toEqual([0, 3, 7])
    expect(lists[0]?.top_logprobs?.map((top) => Object.keys(top).length)).toEqual([2, 2])
  })

  it('is the same in an answer that is not streamed', async () => {
    const body = { stream: false, logprobs: true, return_token_ids: true }
    const whole = JSON.parse((await chat(simulator.port, { sim: { text: 'one two' }, body })).body) as {
      choices: readonly Told[]
    }
    expect(whole.choices[0]?.logprobs?.content).toHaveLength(2)
    expect(whole.choices[0]?.token_ids).toHaveLength(2)
  })
})
