import type { ErrorClass, ResponseHead } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { chunk, CHAT, feed, feedFrames, finish, STREAM } from '../__fixtures__/feed.ts'

const http = (status: number, headers: ResponseHead['headers'] = {}): ResponseHead => ({ status, headers })

const error = (fields: Record<string, unknown>) => ({ error: { message: 'sorry', ...fields } })

describe('shapes of an error', () => {
  const shapes: [string, unknown, { code?: string; message: string }][] = [
    [
      'nested, code null (OpenAI)',
      { error: { message: 'bad n', type: 'invalid_request_error', param: 'n', code: null } },
      { code: 'invalid_request_error', message: 'bad n' },
    ],
    [
      'nested, code a name',
      { error: { message: 'bad n', type: 'invalid_request_error', code: 'bad_parameter' } },
      { code: 'bad_parameter', message: 'bad n' },
    ],
    [
      'nested, code a number (vLLM)',
      { error: { message: 'bad n', type: 'BadRequestError', param: null, code: 400 } },
      { code: 'BadRequestError', message: 'bad n' },
    ],
    [
      'nested, code a number and nothing else',
      { error: { message: 'bad', code: 500 } },
      { code: '500', message: 'bad' },
    ],
    [
      'flat (SGLang, older vLLM)',
      { object: 'error', message: 'bad n', type: 'BadRequestError', param: null, code: 400 },
      { code: 'BadRequestError', message: 'bad n' },
    ],
    ['a string (EMD, Ollama, gateways)', { error: 'upstream gone' }, { message: 'upstream gone' }],
    [
      'a string with a type (TGI)',
      { error: 'bad n', error_type: 'validation' },
      { code: 'validation', message: 'bad n' },
    ],
    ['detail (FastAPI)', { detail: 'Not authenticated' }, { message: 'Not authenticated' }],
    [
      'detail, a list (FastAPI validation)',
      { detail: [{ type: 'missing', loc: ['body', 'messages', 0], msg: 'Field required' }, { odd: 1 }] },
      { message: 'body.messages.0: Field required; {"odd":1}' },
    ],
    ['detail, an object', { detail: { message: 'no worker' } }, { message: 'no worker' }],
    ['a message alone', { message: 'no route', request_id: 'x' }, { message: 'no route' }],
    ['typed flat', { type: 'error', code: 'oops', message: 'bad' }, { code: 'oops', message: 'bad' }],
    ['typed flat, and no more', { type: 'error', message: 'bad' }, { message: 'bad' }],
    ['nested without a message', { error: { reason: 7 } }, { message: '{"error":{"reason":7}}' }],
  ]

  it.each(shapes)('%s, as the body of a 400', (_, body, told) => {
    expect(feed([body], { head: http(400) })).toEqual([{ type: 'error', ...told }])
  })

  it.each(shapes)('%s, inside a 200', (_, body, told) => {
    expect(feed([chunk({ content: 'Hi' }), body, '[DONE]'])).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'error', ...told },
    ])
  })

  it.each(shapes)('%s, as an event named error', (_, body, told) => {
    expect(feedFrames([{ event: 'error', data: JSON.stringify(body) }])).toEqual([{ type: 'error', ...told }])
  })

  it.each<[string, string, string]>([
    ['HTML (nginx): its title', '<html>\r\n<head><title>502 Bad Gateway</title></head>', '502 Bad Gateway'],
    ['HTML without a title', '<h1>oh</h1>', '<h1>oh</h1>'],
    ['plain text', 'upstream connect error\n', 'upstream connect error'],
    ['long plain text: its beginning', 'x'.repeat(900), 'x'.repeat(200)],
    ['an empty body (TGI)', '', 'HTTP 502 with an empty body'],
    ['JSON that is no object', '"nope"', '"nope"'],
  ])('%s', (_, body, message) => {
    expect(feed([body], { head: http(502) })).toEqual([{ type: 'error', message }])
  })

  it('a message that repeats the request is cut', () => {
    const [part] = feed([{ error: { message: 'y'.repeat(50_000) } }], { head: http(400) })
    expect(part).toEqual({ type: 'error', message: 'y'.repeat(1_000) })
  })

  it('an error status with an event stream is an error all the same', () => {
    const head = { status: 429, headers: STREAM.headers }
    expect(feed([{ error: { message: 'slow down' } }, '[DONE]'], { head })).toEqual([
      { type: 'error', message: 'slow down' },
    ])
  })

  it('a redirect is not followed, and says where it leads', () => {
    const [part] = feed(['<html>moved</html>'], { head: http(302, { location: 'https://x.example/v1' }) })
    expect(part).toEqual({
      type: 'error',
      code: '302',
      message: expect.stringContaining('https://x.example/v1'),
    })
  })
})

describe('classes that say more than the status', () => {
  it.each<[number, unknown, ErrorClass | undefined]>([
    [404, error({ code: 'model_not_found' }), 'model_not_found'],
    [400, error({ type: 'model_not_found' }), 'model_not_found'],
    [
      404,
      error({ message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 }),
      'model_not_found',
    ],
    [404, { detail: 'Not Found' }, undefined],
    [400, error({ message: 'the model is asleep' }), undefined],
    [400, error({ code: 'context_length_exceeded' }), 'context_length'],
    [
      400,
      error({ message: "This model's maximum context length is 4096 tokens.", code: 400 }),
      'context_length',
    ],
    [
      400,
      error({ message: 'The decoder prompt is longer than the maximum model length of 16' }),
      'context_length',
    ],
    [
      400,
      { object: 'error', message: "longer than the model's context length (8 tokens)" },
      'context_length',
    ],
    [400, { error: 'upstream: {"error":{"code":"context_length_exceeded"}}' }, 'context_length'],
    [400, error({ code: 'content_filter' }), 'content_filter'],
    [400, error({ code: 'content_policy_violation' }), 'content_filter'],
    [403, error({ code: 'rate_limit_exceeded' }), 'rate_limited'],
    [429, error({ code: 'insufficient_quota' }), 'rate_limited'],
    [400, error({ code: 'invalid_api_key' }), 'auth'],
    [429, { error: 'Model is overloaded', error_type: 'overloaded' }, 'overloaded'],
    [500, error({ type: 'overloaded_error' }), 'overloaded'],
    [500, error({ message: 'Server is busy, try later' }), 'overloaded'],
    [500, 'Server busy', 'overloaded'],
    [429, error({}), undefined],
    [500, error({ type: 'InternalServerError', code: 500 }), undefined],
    [500, error({ code: 'constructor', type: '__proto__' }), undefined],
    [200, error({ code: 'rate_limit_exceeded' }), 'rate_limited'],
    [200, error({ code: 429 }), 'rate_limited'],
    [200, error({ code: 401 }), 'auth'],
    [200, error({ code: 503 }), 'overloaded'],
    [200, error({ code: 404, message: 'no such model' }), 'model_not_found'],
    [200, error({ code: 500 }), undefined],
    [200, error({}), undefined],
  ])('%i %j: %s', (status, body, expected) => {
    const [part] = feed([body], { head: status === 200 ? STREAM : http(status) })
    expect(part?.type === 'error' && part.class).toBe(expected)
  })
})

describe('errors inside a 200', () => {
  it('[DONE] after an error is no end', () => {
    const parts = feed([chunk({ content: 'Hi' }), { error: { message: 'gone', code: 500 } }, '[DONE]'])
    expect(parts.some((part) => part.type === 'finish')).toBe(false)
  })

  it('come beside choices too (OpenRouter)', () => {
    const frame = { ...(finish('error') as object), error: { code: 502, message: 'provider gone' } }
    expect(feed([frame])).toEqual([{ type: 'error', code: '502', message: 'provider gone' }])
  })

  it.each([[null], [undefined], [false], ['']])('a chunk with choices and error %j is none', (none) => {
    expect(feed([{ ...(chunk({ content: 'Hi' }) as object), error: none }])).toEqual([
      { type: 'text-delta', text: 'Hi' },
    ])
  })

  it('in one piece', () => {
    const head = { status: 200, headers: { 'content-type': 'application/json' } }
    expect(feed([{ error: 'gone' }], { head, call: { ...CHAT, stream: false } })).toEqual([
      { type: 'error', message: 'gone' },
    ])
  })

  it('an event named error may hold plain text', () => {
    expect(feedFrames([{ event: 'error', data: 'worker died' }])).toEqual([
      { type: 'error', message: 'worker died' },
    ])
  })

  it('any other event name is ignored', () => {
    const data = JSON.stringify(chunk({ content: 'Hi' }))
    expect(
      feedFrames([
        { event: 'message', data },
        { event: 'completion.delta', data },
      ]),
    ).toHaveLength(2)
  })
})

describe('frames that do not parse', () => {
  it('are malformed, with the first 200 characters', () => {
    const data = `{"choices":[${'x'.repeat(500)}`
    expect(feed([data])).toEqual([
      { type: 'error', class: 'malformed', message: expect.stringMatching(/: \{"choices":\[x{188}$/) },
    ])
  })

  it.each([['null'], ['7'], ['"text"'], ['[1]'], ['true']])('%s is JSON, but no chunk', (data) => {
    expect(feed([data])).toEqual([
      { type: 'error', class: 'malformed', message: expect.stringContaining(data) },
    ])
  })

  it('an empty frame is nothing', () => {
    expect(feed([''])).toEqual([])
  })

  it('do not keep the next frame from being read', () => {
    expect(feed(['{', chunk({ content: 'Hi' })]).at(-1)).toEqual({ type: 'text-delta', text: 'Hi' })
  })
})
