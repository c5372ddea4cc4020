import fc from 'fast-check'
import type { Call, Part } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { event, exception } from '../event-stream/__fixtures__/messages.ts'
import {
  CHAT_CHUNKS,
  DJL_FAILURE,
  DJL_LINES,
  DJL_VLLM_LINES,
  EVENT_STREAM,
  lines,
  payload,
  sse,
  TEXT,
  TGI_EVENTS,
} from './__fixtures__/streams.ts'
import { sagemakerPlugin } from './plugin.ts'
import type { Container, SageMakerSettings } from './settings.ts'

const TARGET = new URL('https://runtime.sagemaker.us-east-1.amazonaws.com')
const CHAT: Call = { kind: 'chat', messages: [{ role: 'user', content: 'Hallo' }], maxTokens: 16 }
const COMPLETION: Call = { kind: 'completion', prompt: 'Hallo', maxTokens: 16 }
const HEAD = { status: 200, headers: EVENT_STREAM }

function encode(call: Call, settings: Partial<SageMakerSettings> = {}, target = TARGET) {
  const { body, ...request } = sagemakerPlugin({ endpoint: 'my-endpoint', ...settings }).encode(call, target)
  return { ...request, body: JSON.parse(String(body)) as Record<string, unknown> }
}

function decode(body: Uint8Array, call: Call = COMPLETION, container: Container = 'auto') {
  return decodeResponse(sagemakerPlugin({ endpoint: 'my-endpoint', container }), HEAD, [body], call)
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')
}

describe('a request', () => {
  it.each([
    ['a stream', CHAT, TARGET.href, '/endpoints/my-endpoint/invocations-response-stream'],
    ['an answer in one piece', { ...CHAT, stream: false }, TARGET.href, '/endpoints/my-endpoint/invocations'],
    [
      'a stream behind a prefix',
      CHAT,
      'http://127.0.0.1:1/aws/',
      '/aws/endpoints/my-endpoint/invocations-response-stream',
    ],
  ] as const)('for %s goes to its path', (_, call, target, path) => {
    expect(encode(call, {}, new URL(target))).toMatchObject({ method: 'POST', path })
  })

  it('names what the settings name, and nothing else', () => {
    const settings = {
      variant: 'blue',
      inferenceComponent: 'ic',
      sessionId: 's',
      targetModel: 'm.tar.gz',
      targetContainer: 'c',
      customAttributes: 'a=1',
    }
    expect(encode(CHAT, settings).headers).toEqual({
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'x-amzn-sagemaker-target-variant': 'blue',
      'x-amzn-sagemaker-inference-component': 'ic',
      'x-amzn-sagemaker-session-id': 's',
      'x-amzn-sagemaker-target-model': 'm.tar.gz',
      'x-amzn-sagemaker-target-container-hostname': 'c',
      'x-amzn-sagemaker-custom-attributes': 'a=1',
    })
    expect(Object.keys(encode(CHAT).headers)).toEqual(['content-type', 'accept-encoding'])
  })

  it.each([
    [
      'auto',
      CHAT,
      {
        messages: [{ role: 'user', content: 'Hallo' }],
        max_tokens: 16,
        stream: true,
        stream_options: { include_usage: true },
      },
    ],
    [
      'vllm',
      COMPLETION,
      { prompt: 'Hallo', max_tokens: 16, stream: true, stream_options: { include_usage: true } },
    ],
    [
      'djl',
      CHAT,
      {
        messages: [{ role: 'user', content: 'Hallo' }],
        max_tokens: 16,
        stream: true,
        stream_options: { include_usage: true },
      },
    ],
    ['djl', COMPLETION, { inputs: 'Hallo', parameters: { details: true, max_new_tokens: 16 }, stream: true }],
  ] as const)('to %s has the form it takes, without a model nobody named', (container, call, body) => {
    expect(encode(call, { container }).body).toEqual(body)
  })

  it('to TGI has its own form', () => {
    expect(encode(COMPLETION, { container: 'tgi' }).body).toMatchObject({
      inputs: 'Hallo',
      parameters: { details: true, max_new_tokens: 16 },
      stream: true,
    })
    expect(encode(CHAT, { container: 'tgi' }).body).toMatchObject({ model: 'tgi', max_tokens: 16 })
  })

  it('names the model the call names', () => {
    for (const container of ['auto', 'djl', 'tgi'] as const)
      expect(encode({ ...CHAT, model: 'm' }, { container }).body).toMatchObject({ model: 'm' })
    expect(encode({ ...COMPLETION, model: 'adapter' }, { container: 'djl' }).body).toMatchObject({
      model: 'adapter',
    })
    expect(encode(CHAT, { extra: { model: 'from-extra' } }).body).toMatchObject({ model: 'from-extra' })
  })

  it('to DJL says how to sample, and takes further parameters', () => {
    const parametersOf = (call: object, extra = {}) =>
      encode({ ...COMPLETION, ...call }, { container: 'djl', extra }).body['parameters']
    expect(parametersOf({ temperature: 0 })).toEqual({ details: true, max_new_tokens: 16, do_sample: false })
    expect(parametersOf({ temperature: 0.7, topP: 0.9, seed: 3 })).toMatchObject({
      do_sample: true,
      temperature: 0.7,
      top_p: 0.9,
      seed: 3,
    })
    expect(parametersOf({ stop: 'END' })).toMatchObject({ stop: ['END'], stop_sequences: ['END'] })
    expect(parametersOf({}, { parameters: { top_k: 5, details: false } })).toEqual({
      details: false,
      max_new_tokens: 16,
      top_k: 5,
    })
  })

  it.each([
    ['without an endpoint', CHAT, { endpoint: '' }],
    ['for embeddings', { kind: 'embedding', input: 'x' } as const, {}],
    ['without a prompt', { kind: 'completion' } as Call, { container: 'djl' } as const],
  ])('%s cannot be sent', (_, call, settings) => {
    expect(() => encode(call, settings)).toThrow(expect.objectContaining({ code: 'LB_CALL_INVALID' }))
  })
})

describe('the container is known by what it says', () => {
  it.each([
    ['TGI', sse(...TGI_EVENTS)],
    ['DJL, JSON lines', lines(...DJL_LINES)],
    ['DJL, events', sse(...DJL_LINES)],
    ['DJL, its vLLM handler', lines(...DJL_VLLM_LINES)],
    ['DJL, events like TGI, after white space', `\r\n \n${sse(...DJL_LINES)}`],
    ['vLLM, events', sse(...CHAT_CHUNKS)],
    ['vLLM behind DJL, JSON lines', lines(...CHAT_CHUNKS)],
    ['vLLM, a comment first', `: hello\n\n${sse(...CHAT_CHUNKS)}`],
  ])('%s', (_, bytes) => {
    const call = bytes.includes('chat.completion') ? CHAT : COMPLETION
    for (const size of [1, 7, 1_000]) {
      const { parts, faults } = decode(payload(bytes, size), call)
      expect(faults).toEqual([])
      expect(textOf(parts)).toBe(TEXT)
      expect(parts.filter(({ type }) => type === 'finish')).toHaveLength(1)
    }
  })

  it('cannot be named wrongly in a way that goes unnoticed', () => {
    const { parts } = decode(payload(lines(...DJL_LINES)), COMPLETION, 'vllm')
    expect(parts.some(({ type }) => type === 'finish')).toBe(false)
  })
})

describe('tokens of DJL', () => {
  const usageOf = (told: readonly unknown[]) =>
    decode(payload(lines(...told))).parts.find(({ type }) => type === 'usage')

  it('are those it tells', () => {
    expect(usageOf(DJL_LINES)).toMatchObject({ outputTokens: 4 })
  })

  it('of its vLLM handler are one less: it counts one that was never generated', () => {
    expect(usageOf(DJL_VLLM_LINES)).toMatchObject({ inputTokens: 9, outputTokens: 4 })
  })

  it('of its vLLM handler are those it tells where a line held several', () => {
    expect(usageOf(DJL_VLLM_LINES.slice(2))).toMatchObject({ outputTokens: 5 })
  })

  it('that it does not tell are missing', () => {
    const [last] = DJL_LINES.slice(-1) as [object]
    expect(usageOf([{ ...last, details: null }])).toBeUndefined()
  })
})

describe('an exception', () => {
  it('ends the answer, whatever came before and comes after', () => {
    const body = Buffer.concat([
      payload(lines(...DJL_LINES.slice(0, 2)) + '{"token":{"te'),
      exception('ModelStreamError', { Message: 'broken', ErrorCode: 'StreamBroken' }),
      payload(lines(...DJL_LINES)),
    ])
    const { parts } = decode(body)
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'text-delta', 'error'])
    expect(parts.at(-1)).toMatchObject({
      code: 'ModelStreamError',
      message: expect.stringContaining('broken'),
    })
  })

  it('of a model that took too long tells how long that is', () => {
    const { parts } = decode(
      exception('ModelStreamError', { Message: 'time is up', ErrorCode: 'ModelInvocationTimeExceeded' }),
    )
    expect(parts).toEqual([
      expect.objectContaining({
        code: 'ModelStreamError',
        message: expect.stringMatching(/time is up.*8 minutes/),
      }),
    ])
  })

  it('is not what an unknown event is', () => {
    const body = Buffer.concat([event('SomethingNew', '{}'), payload(lines(...DJL_LINES))])
    expect(textOf(decode(body).parts)).toBe(TEXT)
  })
})

describe('an answer cut off', () => {
  it.each([
    ['TGI', sse(...TGI_EVENTS), COMPLETION],
    ['DJL', lines(...DJL_LINES), COMPLETION],
    ['vLLM', sse(...CHAT_CHUNKS), CHAT],
  ])('of %s has no finish unless its terminal mark came', (_, bytes, call) => {
    const body = payload(bytes)
    const finished = (at: number) =>
      decode(body.subarray(0, at), call).parts.some(({ type }) => type === 'finish')
    let first = body.length
    while (first > 0 && finished(first - 1)) first -= 1
    expect(finished(body.length)).toBe(true)
    for (let at = 0; at < first; at += 1) expect(finished(at)).toBe(false)
    expect(textOf(decode(body.subarray(0, first), call).parts)).toBe(TEXT)
  })

  it('by DJL itself is an error, not an end', () => {
    const { parts } = decode(payload(lines(DJL_LINES[0], DJL_FAILURE)))
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'error'])
  })
})

describe('whatever a container sends', () => {
  it('nothing is thrown', () => {
    const value = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .constantFrom(...DJL_LINES, ...DJL_VLLM_LINES, ...TGI_EVENTS, DJL_FAILURE)
        .map((one) => JSON.stringify(one)),
    )
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 6 }),
        fc.boolean(),
        fc.constantFrom<Container[]>('auto', 'djl', 'tgi', 'vllm'),
        (values, asEvents, container) => {
          const body = asEvents ? sse(...values) : values.join('\n')
          for (const call of [CHAT, COMPLETION])
            expect(decode(payload(body), call, container).faults).toEqual([])
        },
      ),
    )
  })
})
