import { describe, expect, it } from 'vitest'
import { recorded, REQUESTS, type Value } from '../metrics/__fixtures__/recorded.ts'
import { Totals } from '../metrics/totals.ts'
import { builtIn } from '../model/metric.ts'
import { hollowness } from './hollow.ts'
import type { Standing } from './scenario-table.ts'

const FAILED = builtIn('iteration_failed')
const HTTP = builtIn('http_reqs')
const CHAT = { scenario: 'chat' }

const iteration = (failed: 0 | 1): Value => ({ metric: FAILED, value: failed, tags: CHAT })
const request: Value = { metric: REQUESTS, value: 1, tags: CHAT }
const refused = (failed: 0 | 1, metric = 'request_failed', tags: Value['tags'] = CHAT): Value => ({
  metric: builtIn(metric),
  value: failed,
  tags,
})

function what(values: readonly Value[], counts: Partial<Standing>, ended = true): string | undefined {
  const totals = new Totals()
  totals.merge(recorded(0, 0, values))
  const none = { started: 0, completed: 0, dropped: 0, interrupted: 0, activeVUs: 0, done: ended }
  return hollowness(totals, [{ name: 'chat', ...none, ...counts }], ended)?.what
}

describe('a run', () => {
  const two = { started: 2, completed: 2 }

  it.each<[string, readonly Value[], Partial<Standing>, string | undefined]>([
    ['that sent a request is whole', [request, iteration(0)], two, undefined],
    ['that sent plain HTTP is whole', [{ ...request, metric: HTTP }, iteration(0)], two, undefined],
    ['of which some iterations failed is whole', [request, iteration(0), iteration(1)], two, undefined],
    ['in which nothing started is hollow', [], {}, 'no iteration started'],
    ['of which every iteration failed is hollow', [request, iteration(1)], two, 'every iteration failed'],
    ['without a request is hollow', [iteration(0)], two, 'no request was sent'],
    ['without a request but in setup() is hollow', [{ ...request, tags: {} }], two, 'no request was sent'],
    [
      'of which every request failed is hollow',
      [request, refused(1), refused(1)],
      two,
      'every request failed',
    ],
    [
      'of which every plain request failed is hollow',
      [refused(1, 'http_req_failed')],
      two,
      'every request failed',
    ],
    ['of which some requests failed is whole', [request, refused(1), refused(0)], two, undefined],
    [
      'of which every request failed but one in setup() is hollow',
      [request, refused(1), refused(0, 'request_failed', {})],
      two,
      'every request failed',
    ],
    ['cut off before it sent anything is hollow', [], { started: 1, interrupted: 1 }, 'no request was sent'],
  ])('%s', (_, values, counts, expected) => {
    expect(what(values, counts)).toBe(expected)
  })

  it('under way is judged by what has ended', () => {
    expect(what([], {}, false)).toBeUndefined()
    expect(what([], { started: 3 }, false)).toBeUndefined()
    expect(what([iteration(1)], { started: 3, completed: 1 }, false)).toBe('every iteration failed')
  })
})
