import { describe, expect, it } from 'vitest'
import { EMBEDDING, feed, WHOLE } from '../__fixtures__/feed.ts'

const read = (answer: unknown) => feed([answer], EMBEDDING, WHOLE)

describe('an answer of /api/embed', () => {
  it('holds a vector for each input, its tokens and its durations', () => {
    const answer = {
      model: 'all-minilm',
      embeddings: [[0.5, -1], [2]],
      total_duration: 14_000_000,
      load_duration: 1_000_000,
      prompt_eval_count: 8,
    }
    expect(read(answer)).toEqual([
      { type: 'embedding', index: 0, vector: [0.5, -1] },
      { type: 'embedding', index: 1, vector: [2] },
      { type: 'usage', inputTokens: 8 },
      { type: 'server-timing', load: 1, total: 14 },
      { type: 'finish', reason: 'stop' },
    ])
  })

  it('warns of a load', () => {
    expect(read({ embeddings: [[1]], load_duration: 9e8 })).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 'model-reloaded' }),
    )
  })

  it('with no vectors has ended, and core finds it empty', () => {
    expect(read({ embeddings: [] })).toEqual([{ type: 'finish', reason: 'stop' }])
  })

  it.each([
    [{}],
    [{ embedding: [1] }],
    [{ embeddings: null }],
    [{ embeddings: [1] }],
    [{ embeddings: [['a']] }],
    [{ embeddings: [[1], [null]] }],
    ['[]'],
  ])('%j is malformed, and no vector of it is kept', (answer) => {
    expect(read(answer)).toMatchObject([{ type: 'error', class: 'malformed' }])
  })

  it('may be an error', () => {
    expect(read({ error: 'the input length exceeds the context length' })).toMatchObject([
      { type: 'error', class: 'context_length' },
    ])
  })
})
