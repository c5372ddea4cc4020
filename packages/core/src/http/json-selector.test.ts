import { describe, expect, it } from 'vitest'
import { selectJson } from './json-selector.ts'

const VALUE = {
  token: 'abc',
  nothing: null,
  hits: [{ id: 7, tags: ['a', 'b'] }, { id: 8 }, { name: 'no id' }],
  'a.b': { c: 1 },
  '0': 'a name, not an index',
}

describe('a path into JSON', () => {
  it.each([
    ['token', 'abc'],
    ['nothing', null],
    ['hits.0.id', 7],
    ['hits.0.tags.1', 'b'],
    ['hits.#', 3],
    ['hits.#.id', [7, 8]],
    ['hits.#.tags.0', ['a']],
    [String.raw`a\.b.c`, 1],
    ['0', 'a name, not an index'],
    ['missing', undefined],
    ['hits.9.id', undefined],
    ['hits.first', undefined],
    ['token.length', undefined],
    ['nothing.at.all', undefined],
    ['constructor', undefined],
  ])('%s', (path, expected) => {
    expect(selectJson(VALUE, path)).toEqual(expected)
  })

  it.each(['', 'hits.', 'hits.#(id==7).id', 'hit*', 'hits|0', 'hits.@reverse'])('%j is refused', (path) => {
    expect(() => selectJson(VALUE, path)).toThrow('names, indices and # only')
  })
})
