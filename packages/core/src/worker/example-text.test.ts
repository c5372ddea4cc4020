import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleText } from './example-text.ts'

const looped: Record<string, unknown> = { name: 'a' }
looped['self'] = looped

describe('the example of a failed check', () => {
  it.each<[string, unknown, string]>([
    ['a number', 3, '3'],
    ['text', 'no', '"no"'],
    ['nothing', undefined, 'undefined'],
    ['an object', { a: 1, b: [true, null] }, '{ "a": 1, "b": [ true, null ] }'],
    [
      'what is empty, left out',
      { text: '', calls: [], usage: {}, none: undefined, ok: false },
      '{ "ok": false }',
    ],
    [
      'what went wrong first, headers last',
      { headers: { a: 'b' }, ok: false, error: { class: 'x' } },
      '{ "error": { "class": "x" }, "ok": false, "headers": { "a": "b" } }',
    ],
    ['a long list, cut', [1, 2, 3, 4, 5, 6, 7], '[ 1, 2, 3, 4, 5, "… 7 in all" ]'],
    ['an error', new TypeError('no'), '"TypeError: no"'],
    [
      'a secret by its name',
      { apiKey: 'abc', 'x-auth-token': 'def', n: 1 },
      '{ "apiKey": "[removed]", "x-auth-token": "[removed]", "n": 1 }',
    ],
    [
      'counts of tokens, which are none',
      { tokenSource: 'usage', maxTokens: 5 },
      '{ "tokenSource": "usage", "maxTokens": 5 }',
    ],
    [
      'a credential within text',
      'sent Authorization: Bearer sk-abcdef012345 there',
      '"sent Authorization: Bearer [removed] there"',
    ],
    [
      'what throws when it is read',
      {
        get a() {
          throw new Error('no')
        },
      },
      '(object that cannot be shown)',
    ],
    ['a big number', 5n, '"5"'],
  ])('shows %s', (_, value, expected) => {
    expect(exampleText(value)).toBe(expected)
  })

  it('ends, however deep a value is', () => {
    expect(exampleText(looped)).toContain('"self": { "name": "a"')
  })

  it('is at most 200 characters, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true }),
        (value) => exampleText(value).length <= 200,
      ),
    )
  })
})
