import { describe, expect, it } from 'vitest'
import { CHAT, feed } from '../__fixtures__/feed.ts'

const told = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  feed([body], CHAT, { status, headers })

describe('an error by status', () => {
  it.each([
    [404, { error: "model 'x' not found" }, { class: 'model_not_found', message: "model 'x' not found" }],
    [404, { error: 'model "x" not found, try pulling it first' }, { class: 'model_not_found' }],
    [404, '404 page not found', { message: '404 page not found' }],
    [400, { error: 'the input length exceeds the context length' }, { class: 'context_length' }],
    [
      400,
      { error: 'request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it' },
      { class: 'context_length' },
    ],
    [
      503,
      { error: 'server busy, please try again.  maximum pending requests exceeded' },
      { class: 'overloaded' },
    ],
    [400, { error: '"x" does not support tools' }, { message: '"x" does not support tools' }],
    [500, { error: { message: 'no', code: 'E7' } }, { code: 'E7', message: 'no' }],
    [500, { detail: 'odd' }, { message: '{"detail":"odd"}' }],
    [502, '<html><title>Bad Gateway</title></html>', { message: 'Bad Gateway' }],
    [502, '<html>nothing to see', { message: '<html>nothing to see' }],
    [500, '[1]', { message: '[1]' }],
    [500, ' \n', { message: 'HTTP 500 with an empty body' }],
  ])('%i %j', (status, body, expected) => {
    const [part, ...others] = told(status, body)
    expect(others).toEqual([])
    expect(part).toMatchObject({ type: 'error', ...expected })
    if (!('class' in expected)) expect(part).not.toHaveProperty('class')
  })

  it('a redirect is not followed', () => {
    expect(told(301, 'Moved', { location: 'https://elsewhere/' })).toEqual([
      {
        type: 'error',
        code: '301',
        message: 'HTTP 301: the server sends the call on to https://elsewhere/, which is not followed',
      },
    ])
  })
})

describe('an error inside a 200', () => {
  it.each([
    [{ error: 'unexpected EOF' }, { message: 'unexpected EOF' }],
    [{ error: '' }, { message: '{"error":""}' }],
    [{ error: {} }, { message: '{"error":{}}' }],
    [{ error: 'x', done: true, done_reason: 'stop' }, { message: 'x' }],
  ])('%j', (line, expected) => {
    expect(feed([line])).toEqual([{ type: 'error', ...expected }])
  })

  it('null is none', () => {
    expect(feed([{ error: null, message: { content: 'Hi' } }])).toEqual([{ type: 'text-delta', text: 'Hi' }])
  })
})
