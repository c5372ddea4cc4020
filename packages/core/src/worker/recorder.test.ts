import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { ExchangeSample } from '../model/exchange.ts'
import type { ErrorClass } from '../model/failure.ts'
import type { SeriesDelta } from '../model/snapshot.ts'
import { matches, type Tags } from '../model/tags.ts'
import { BROKEN, interrupted, REFUSED, STREAMED, WHOLE } from './__fixtures__/samples.ts'
import { Recorder, type SampleWriter } from './recorder.ts'

const SPIKE: Tags = { scenario: 'spike' }

function recorder(samples?: SampleWriter): Recorder {
  return new Recorder({}, undefined, samples)
}

/** The sum, or number of values, of what a selector asks for. */
function amount(series: readonly SeriesDelta[], metric: string, selector: Tags = {}): number {
  return series
    .filter((one) => one.metric === metric && matches(one.tags, selector))
    .reduce((sum, one) => {
      if (one.type === 'counter') return sum + one.sum
      if (one.type === 'rate') return sum + one.passes + one.fails
      return sum + (one.type === 'trend' ? one.count : 0)
    }, 0)
}

const failed = (errorClass: ErrorClass, message: string, more: object = {}): ExchangeSample => ({
  ...REFUSED,
  failure: { class: errorClass, message, ...more },
})

describe('what a worker records of its exchanges', () => {
  it('stands in series with the tags of the scope, the client and the call, the call winning', () => {
    const one = recorder()
    one.exchange(
      { ...STREAMED, tags: { provider: 'parts', model: 'm', tier: 'call' } },
      { ...SPIKE, tier: 'scope' },
    )
    const { series } = one.drain()
    const tags = series.find(({ metric }) => metric === 'ttft')?.tags
    expect(tags).toEqual({ scenario: 'spike', provider: 'parts', model: 'm', tier: 'call' })
    expect(series.find(({ metric }) => metric === 'tpot')?.tags).toEqual({ ...tags, token_source: 'usage' })
  })

  it('adds up over outcomes, scenarios and error classes', () => {
    const one = recorder()
    const samples = [
      STREAMED,
      STREAMED,
      WHOLE,
      REFUSED,
      BROKEN,
      failed('rate_limited', '429'),
      interrupted(50),
    ]
    for (const sample of samples) {
      one.exchange(sample, SPIKE)
      one.exchange(sample, { scenario: 'soak' })
    }
    const { series } = one.drain()
    expect(amount(series, 'requests')).toBe(14)
    expect(amount(series, 'requests', SPIKE)).toBe(7)
    expect(amount(series, 'requests', { error: 'connection' })).toBe(4)
    expect(amount(series, 'requests', { error: 'rate_limited' })).toBe(2)
    expect(amount(series, 'request_failed')).toBe(12)
    expect(amount(series, 'request_interrupted')).toBe(2)
    expect(amount(series, 'request_duration')).toBe(12)
  })

  it('keeps the ttft of broken streams apart', () => {
    const one = recorder()
    for (const sample of [STREAMED, BROKEN, BROKEN]) one.exchange(sample, SPIKE)
    const { series } = one.drain()
    expect(amount(series, 'ttft')).toBe(1)
    expect(amount(series, 'ttft', { outcome: 'broken' })).toBe(2)
  })

  it('is given once: an interval starts from nothing', () => {
    const one = recorder()
    one.exchange({ ...STREAMED, coalesced: 2 }, SPIKE)
    one.exchange(REFUSED, SPIKE)
    expect(one.drain()).toMatchObject({
      contentFrames: 5,
      coalescedFrames: 2,
      errors: [{ count: 1 }],
      notes: {},
    })
    expect(one.drain()).toEqual({
      series: [],
      errors: [],
      foldedTagSets: 0,
      notes: {},
      warnings: [],
      slowest: [],
      failedChecks: [],
      contentFrames: 0,
      coalescedFrames: 0,
    })
  })

  it('counts the exchanges under way, over intervals too', () => {
    const one = recorder()
    one.stream(1)
    one.stream(1)
    one.drain()
    one.stream(-1)
    expect(one.streams).toBe(1)
  })

  it('hands every exchange to the sample file with all its tags, also those that were too many', () => {
    const written: [string, Tags][] = []
    const one = recorder({ write: ({ id }, tags) => written.push([id, tags]) > 0 })
    for (let index = 0; index < 3_000; index += 1) {
      one.exchange({ ...STREAMED, id: `x-${index}`, tags: { request: String(index) } }, SPIKE)
    }
    expect(written).toHaveLength(3_000)
    expect(written[2_999]).toEqual(['x-2999', { scenario: 'spike', request: '2999' }])
    const { series, foldedTagSets } = one.drain()
    expect(foldedTagSets).toBeGreaterThan(0)
    expect(amount(series, 'requests', SPIKE)).toBe(3_000)
  })

  it('counts the exchanges the sample file leaves out, and measures them all the same', () => {
    const one = recorder({ write: ({ id }) => id === 'x-0' })
    for (let index = 0; index < 5; index += 1) one.exchange({ ...STREAMED, id: `x-${index}` }, SPIKE)
    const { series, notes } = one.drain()
    expect(notes).toEqual({ unsampled: 4 })
    expect(amount(series, 'requests', SPIKE)).toBe(5)
    expect(one.drain().notes).toEqual({})
  })
})

/** Different for each number, without a digit. */
function wordOf(index: number): string {
  return Array.from(String(index), (digit) => 'abcdefghij'[Number(digit)]).join('')
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapUsed(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

describe('failures', () => {
  it.each<[string, (index: number) => string, number]>([
    ['that differ in a number', (index) => `request ${index} met an error`, 100_000],
    ['that differ in words, of which the first forty are told', (index) => wordOf(index), 40],
  ])('a hundred thousand different messages %s take the room of a few', (_, message, told) => {
    const one = recorder()
    const before = heapUsed()
    for (let index = 0; index < 100_000; index += 1) {
      one.exchange(failed('http_5xx', `${message(index)} ${'x'.repeat(300)}`), SPIKE)
    }
    const kept = heapUsed() - before
    const { errors, series } = one.drain()
    expect(errors).toMatchObject([
      { class: 'http_5xx', scenario: 'spike', count: 100_000, example: { class: 'http_5xx' } },
    ])
    expect(errors[0]?.messages?.reduce((sum, { count }) => sum + count, 0)).toBe(told)
    expect(JSON.stringify(errors).length).toBeLessThan(40_000)
    // 100,000 messages of 300 characters would be 30 MB.
    expect(kept).toBeLessThan(6_000_000)
    expect(series.length).toBeLessThan(20)
    expect(amount(series, 'requests', { error: 'http_5xx' })).toBe(100_000)
    one.exchange(failed('http_5xx', `${message(7)} ${'x'.repeat(300)}`), SPIKE)
    expect(one.drain().errors[0]).not.toHaveProperty('examples')
  })

  it('of thousands of values of a tag are told apart up to a bound, and all are counted', () => {
    const one = new Recorder({}, undefined, undefined, ['user'])
    for (let index = 0; index < 3_000; index += 1) {
      one.exchange(failed('http_5xx', `no ${index}`), { ...SPIKE, user: String(index) })
    }
    const { errors } = one.drain()
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(3_000)
    expect(JSON.stringify(errors).length).toBeLessThan(200_000)
  })

  it('are told apart by the tags asked for', () => {
    const one = new Recorder({}, undefined, undefined, ['turn', 'scenario'])
    one.exchange(failed('timeout', 'a'), { ...SPIKE, turn: '1' })
    one.exchange(failed('timeout', 'b'), { ...SPIKE, turn: '2' })
    one.exchange(failed('timeout', 'b'), SPIKE)
    expect(one.drain().errors.map(({ tags, messages }) => [tags, messages])).toEqual([
      [{ turn: '1' }, [{ text: 'a', count: 1 }]],
      [{ turn: '2' }, [{ text: 'b', count: 1 }]],
      [{ turn: '' }, [{ text: 'b', count: 1 }]],
    ])
  })

  it('are told apart by class, phase or fault, and scenario, each with the first that came', () => {
    const one = recorder()
    one.exchange(failed('timeout', 'a', { phase: 'headers' }), SPIKE)
    one.exchange(failed('timeout', 'b', { phase: 'total' }), SPIKE)
    one.exchange(failed('timeout', 'c', { phase: 'total' }), SPIKE)
    one.exchange(failed('connection', 'd', { fault: 'reset' }), SPIKE)
    one.exchange(failed('connection', 'e', { fault: 'dns' }), SPIKE)
    one.exchange(failed('connection', 'f', { fault: 'dns' }), { scenario: 'soak' })
    one.exchange(failed('connection', 'g', { fault: 'dns' }), {})
    expect(
      one.drain().errors.map(({ scenario, count, example }) => [example.message, count, scenario]),
    ).toEqual([
      ['a', 1, 'spike'],
      ['b', 2, 'spike'],
      ['d', 1, 'spike'],
      ['e', 1, 'spike'],
      ['f', 1, 'soak'],
      ['g', 1, ''],
    ])
  })
})

describe('two counts of the same tokens', () => {
  it.each([
    ['equal', 100, 100, 0],
    ['10 % apart', 110, 100, 0],
    ['more than 10 % more', 111, 100, 1],
    ['more than 10 % fewer', 89, 100, 1],
    ['only one of them', undefined, 100, 0],
    ['only the other', 100, undefined, 0],
    ['nothing counted on the chunks', 0, 100, 0],
  ])('%s', (_, countedTokens, outputTokens, expected) => {
    const one = recorder()
    const counted = countedTokens === undefined ? {} : { countedTokens }
    const usage = outputTokens === undefined ? {} : { outputTokens }
    one.exchange({ ...STREAMED, ...counted, usage }, SPIKE)
    expect(one.drain().notes?.['token-mismatch'] ?? 0).toBe(expected)
  })
})
