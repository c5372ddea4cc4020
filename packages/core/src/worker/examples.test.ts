import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Totals } from '../metrics/totals.ts'
import type { ExchangeSample } from '../model/exchange.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { ErrorSummary } from '../model/error-summary.ts'
import { interrupted, START, STREAMED } from './__fixtures__/samples.ts'
import { Recorder } from './recorder.ts'

const ORIGIN = START - 5_000

interface Request {
  readonly duration: number
  readonly message: string | undefined
}

/** The request with this number of its run: the number tells its second too. */
function sample(number: number, { duration, message }: Request): ExchangeSample {
  const startedAt = ORIGIN + number * 100
  return {
    ...STREAMED,
    id: `r-${String(number).padStart(3, '0')}`,
    stamps: { ...STREAMED.stamps, startedAt, firstTokenAt: startedAt + 1, endedAt: startedAt + duration },
    ...(message === undefined
      ? {}
      : { outcome: 'failed', failure: { class: 'timeout', message, status: 504 } }),
  }
}

/** What so many workers tell of the requests, a snapshot of each worker for every second. */
function totalsOf(requests: readonly Request[], workers: number, reverse = false): Totals {
  const recorders = Array.from({ length: workers }, () => new Recorder({}, undefined, undefined))
  const snapshots: Snapshot[] = []
  for (const one of recorders) one.begin(ORIGIN)
  for (let second = 0; second * 10 < requests.length; second += 1) {
    for (const [index, request] of requests.slice(second * 10, second * 10 + 10).entries()) {
      const number = second * 10 + index
      recorders[number % workers]?.exchange(sample(number, request), { scenario: 'spike' })
    }
    for (const [shard, one] of recorders.entries()) {
      const { contentFrames: _, coalescedFrames: __, ...recorded } = one.drain()
      snapshots.push({
        shard,
        second,
        from: second * 1_000,
        to: (second + 1) * 1_000,
        scenarios: [],
        ...recorded,
      })
    }
  }
  const totals = new Totals()
  for (const snapshot of reverse ? snapshots.toReversed() : snapshots) totals.merge(snapshot)
  return totals
}

const request = fc.record({
  duration: fc.integer({ min: 1, max: 40 }),
  message: fc.option(
    fc.oneof(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      fc.tuple(fc.constantFrom('request', 'order'), fc.nat({ max: 30 })).map((words) => words.join(' ')),
    ),
    { nil: undefined },
  ),
})
const requests = fc.array(request, { maxLength: 80 })

describe('examples of a run', () => {
  it('are the same however requests are spread over workers, and in whatever order snapshots come', () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 2, max: 4 }), fc.boolean(), (list, workers, reverse) => {
        const one = totalsOf(list, 1)
        const several = totalsOf(list, workers, reverse)
        expect(several.examples.slowest).toEqual(one.examples.slowest)
        const counted = ({ examples, messages, others }: ErrorSummary) => ({ examples, messages, others })
        expect(several.errors.summaries().map(counted)).toEqual(one.errors.summaries().map(counted))
      }),
    )
  })

  it('are the ten slowest requests', () => {
    fc.assert(
      fc.property(requests, (list) => {
        const expected = list
          .map(({ duration }, number) => ({ duration, id: `r-${String(number).padStart(3, '0')}` }))
          .toSorted((a, b) => b.duration - a.duration || (a.id < b.id ? -1 : 1))
          .slice(0, 10)
        const slowest = totalsOf(list, 3).examples.slowest
        expect(slowest.map(({ duration, id }) => ({ duration, id }))).toEqual(expected)
      }),
    )
  })

  it('are the first five different messages of a class, each with where and when it came first', () => {
    const messages = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'b']
    const [summary] = totalsOf(
      messages.map((message) => ({ duration: 20, message })),
      2,
    ).errors.summaries()
    expect(summary?.count).toBe(8)
    expect(summary?.examples.map(({ message }) => message)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(summary?.examples[1]).toEqual({
      message: 'b',
      scenario: 'spike',
      at: 0.12,
      id: 'r-001',
      status: 504,
    })
  })

  it('are counted by message, also where there are more than are told apart', () => {
    const few = totalsOf(
      ['closed', 'refused 1', 'refused 1', 'refused 2'].map((message) => ({ duration: 20, message })),
      2,
    ).errors.summaries()
    expect(few[0]?.messages.map(({ message, count }) => [message, count])).toEqual([
      ['refused 1', 2],
      ['closed', 1],
      ['refused 2', 1],
    ])
    const many = Array.from({ length: 70 }, (_, index) => (index % 7 === 0 ? 'closed' : `refused ${index}`))
    const [summary] = totalsOf(
      many.map((message) => ({ duration: 20, message })),
      2,
    ).errors.summaries()
    expect(summary?.messages).toMatchObject([
      { message: 'refused #', count: 60, first: { message: 'refused 1', id: 'r-001' } },
      { message: 'closed', count: 10, first: { message: 'closed', id: 'r-000' } },
    ])
    expect(summary?.others).toBe(0)
  })

  it('say of a slow request where it belongs and what became of it', () => {
    const [slowest] = totalsOf([{ duration: 30.1234, message: 'gone' }], 1).examples.slowest
    expect(slowest).toEqual({
      id: 'r-000',
      at: 0,
      duration: 30.123,
      ttft: 1,
      outputTokens: 5,
      scenario: 'spike',
      tags: { provider: 'parts', model: 'm' },
      outcome: 'failed',
      error: 'timeout: gone',
    })
  })

  it('leave out requests that the end of the run cut off', () => {
    const recorder = new Recorder({}, undefined, undefined)
    recorder.exchange(interrupted(9_000), { scenario: 'spike' })
    expect(recorder.drain().slowest).toEqual([])
  })

  it('travel once', () => {
    const recorder = new Recorder({}, undefined, undefined)
    recorder.exchange(sample(0, { duration: 5, message: 'a' }), {})
    recorder.checkFailed('short', { text: 'long' })
    expect(recorder.drain()).toMatchObject({ slowest: [{ id: 'r-000' }], failedChecks: [{ name: 'short' }] })
    recorder.exchange(sample(1, { duration: 5, message: 'a' }), {})
    recorder.checkFailed('short', { text: 'longer' })
    const { slowest, failedChecks, errors } = recorder.drain()
    expect([slowest?.map(({ id }) => id), failedChecks, errors[0]?.examples]).toEqual([
      ['r-001'],
      [],
      undefined,
    ])
  })
})
