import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openai, type OpenAIClient } from '@loadbench/plugin-openai'
import { testVu } from '../packages/core/src/client/__fixtures__/scope.ts'
import type { CallResult } from '../packages/core/src/model/exchange.ts'
import type { ErrorClass, Failure } from '../packages/core/src/model/failure.ts'
import { runInScope } from '../packages/core/src/script/scope.ts'
import { Recorder } from '../packages/core/src/worker/recorder.ts'
import type { FaultName, FaultOdds } from '../packages/simulator/src/faults.ts'
import {
  FAULTS,
  startSimulator,
  type AnswerSettings,
  type Simulator,
  type SimulatorStats,
} from '../packages/simulator/src/index.ts'

/** What an answer is where nothing goes wrong, or where it is no fault in the end. */
type Expected = 'ok' | Omit<Failure, 'message'>

/** The class that docs/metrics.md names for each fault, and what is kept beside it. */
const STREAMED: Readonly<Record<FaultName, Expected>> = {
  'rate-limit': { class: 'rate_limited', status: 429, code: 'rate_limit_exceeded', retryAfter: 1_500 },
  'server-error': { class: 'http_5xx', status: 500, code: 'server_error' },
  overloaded: { class: 'overloaded', status: 503, code: 'overloaded', retryAfter: 1_500 },
  'bad-request': { class: 'http_4xx', status: 400, code: 'invalid_request_error' },
  auth: { class: 'auth', status: 401, code: 'invalid_api_key' },
  'model-not-found': { class: 'model_not_found', status: 404, code: 'model_not_found' },
  'context-length': { class: 'context_length', status: 400, code: 'context_length_exceeded' },
  'html-error': { class: 'http_5xx', status: 502 },
  'reset-before-headers': { class: 'connection', fault: 'reset' },
  'slow-headers': { class: 'timeout', phase: 'headers' },
  'stall-before-first-token': { class: 'timeout', phase: 'first-token', status: 200 },
  stall: { class: 'timeout', phase: 'between-tokens', status: 200 },
  'reset-mid-stream': { class: 'connection', fault: 'reset', status: 200 },
  truncate: { class: 'stream_truncated', status: 200 },
  'stream-error': { class: 'stream_error', status: 200, code: 'InternalServerError' },
  'stream-error-done': { class: 'stream_error', status: 200, code: 'InternalServerError' },
  malformed: { class: 'malformed', status: 200 },
  'no-done': 'ok',
  'content-filter': { class: 'content_filter', status: 200, code: 'content_filter' },
  empty: { class: 'empty', status: 200 },
  'not-streamed': 'ok',
}

/** Where the answer is asked for in one piece, it is cut short by the end of its connection. */
const WHOLE: Readonly<Record<FaultName, Expected>> = {
  ...STREAMED,
  stall: { class: 'timeout', phase: 'first-token', status: 200 },
  truncate: { class: 'connection', fault: 'reset', status: 200 },
  'stream-error': { class: 'http_5xx', status: 500, code: 'server_error' },
  'stream-error-done': { class: 'http_5xx', status: 500, code: 'server_error' },
}

const NAMES = Object.keys(FAULTS) as FaultName[]
/** Long for an answer of a few ms, even where the machine has other things to do. */
const PATIENCE = 1_200
const TIMEOUTS = { headers: PATIENCE, firstToken: 2 * PATIENCE, betweenTokens: PATIENCE, total: 3 * PATIENCE }
/** By which every call has to be over: its longest deadline and some breath. */
const BOUND = 3 * PATIENCE + 2_000
const ANSWER: AnswerSettings = { ttft: 2, itl: 1, outputTokens: 8, slowHeaders: 60_000, retryAfter: 1.5 }

let simulator: Simulator
let llm: OpenAIClient

beforeAll(async () => {
  vi.stubEnv('LOADBENCH_TARGET', undefined)
  simulator = await startSimulator()
  llm = openai({ baseURL: simulator.url, model: 'm', timeouts: TIMEOUTS })
})
afterAll(async () => {
  await simulator.stop()
  vi.unstubAllEnvs()
})

/** By a VU of its own, unless one is given: then over the connection it has kept. */
function ask(sim: AnswerSettings, stream: boolean, { scope } = testVu()): Promise<CallResult> {
  return runInScope(scope, () =>
    llm.chat({
      messages: [{ role: 'user', content: 'Why?' }],
      stream,
      headers: { 'x-sim': JSON.stringify({ ...ANSWER, ...sim }) },
    }),
  )
}

describe.each([
  ['a stream', true, STREAMED],
  ['an answer in one piece', false, WHOLE],
] as const)('asked for %s', (_, stream, table) => {
  it.concurrent.each(NAMES)('%s', async (fault) => {
    const result = await ask({ fault }, stream)
    const expected = table[fault]
    expect(result.timings.duration).toBeLessThan(BOUND)
    if (expected === 'ok') {
      expect(result).toMatchObject({ ok: true, status: 200, finishReason: 'stop' })
      expect(result).not.toHaveProperty('error')
      expect(result.text).toMatch(/\w/)
      return
    }
    expect(result.ok).toBe(false)
    expect(result.error).toMatchObject(expected)
    expect(result.error?.message).toMatch(/\w/)
  })
})

describe('what came before a fault is kept', () => {
  it.each(['stall', 'reset-mid-stream', 'truncate', 'stream-error', 'content-filter'] as const)(
    '%s after 3 of 8 tokens',
    async (fault) => {
      const { text, timings, error } = await ask({ fault, faultAfter: 3, text: 'a b c d e f g h' }, true)
      expect(error).toBeDefined()
      expect(text.trim()).toBe('a b c')
      expect(timings.ttft).toBeGreaterThan(0)
    },
  )

  it('a frame that cannot be read does not hide those that follow', async () => {
    const { text, error } = await ask({ fault: 'malformed', faultAfter: 3, text: 'a b c d' }, true)
    expect(error?.class).toBe('malformed')
    expect(text.trim()).toBe('a b c d')
  })
})

describe('a reset before the headers', () => {
  it('is a stale connection where it meets one that was kept: a client cannot tell them apart', async () => {
    const vu = testVu()
    expect(await ask({}, true, vu)).toMatchObject({ ok: true })
    const { error } = await ask({ fault: 'reset-before-headers' }, true, vu)
    expect(error).toMatchObject({ class: 'stale_connection', fault: 'reset' })
  })
})

describe('a run of good answers and every fault', () => {
  const CALLS = 400
  const USERS = 25

  it('adds up: every request is in its class, and none is lost', { timeout: 60_000 }, async () => {
    const faults: FaultOdds = Object.fromEntries(NAMES.map((name) => [name, 0.03]))
    const target = await startSimulator({ ...ANSWER, faults, seed: 7 })
    const client = openai({ baseURL: target.url, model: 'm', timeouts: TIMEOUTS })
    const recorder = new Recorder({ e2e_latency: BOUND }, undefined, undefined)
    const results: CallResult[] = []

    await Promise.all(
      Array.from({ length: USERS }, async () => {
        const { scope } = testVu({ scenario: 'mixed' })
        const vu = { ...scope.vu, sink: recorder }
        await runInScope({ ...scope, vu }, async () => {
          for (let call = 0; call < CALLS / USERS; call += 1) {
            // oxlint-disable-next-line no-await-in-loop
            results.push(await client.chat({ messages: [{ role: 'user', content: 'Why?' }] }))
          }
        })
      }),
    )
    const stats = (await (await fetch(`${target.url}/_sim/stats`)).json()) as SimulatorStats
    await target.stop()

    // The simulator's own account of what it did, in the classes it should be seen as.
    const expected: Partial<Record<ErrorClass | 'ok', number>> = { ok: CALLS }
    for (const name of NAMES) {
      const { [name]: count = 0 } = stats.faults
      const outcome = STREAMED[name]
      const seen = outcome === 'ok' ? 'ok' : outcome.class
      expected.ok = (expected.ok ?? 0) - count
      expected[seen] = (expected[seen] ?? 0) + count
    }
    expect(stats).toMatchObject({ accepted: CALLS, active: 0 })
    const counted = countBy(results.map(({ error }) => error?.class ?? 'ok'))
    // A reset is of either class, by whether its VU had kept a connection: that is left to chance.
    const { connection, stale_connection: stale } = counted
    expect((connection ?? 0) + (stale ?? 0)).toBe(expected.connection)
    delete expected.connection
    if (connection !== undefined) expected.connection = connection
    if (stale !== undefined) expected.stale_connection = stale
    expect(counted).toEqual(expected)

    const { series, errors } = recorder.drain()
    const counters = (metric: string, error?: string) =>
      series.reduce((sum, one) => {
        if (one.metric !== metric || (error !== undefined && one.tags['error'] !== error)) return sum
        return sum + (one.type === 'counter' ? one.sum : one.type === 'rate' ? one.passes : 0)
      }, 0)
    const { ok = 0, ...failures } = expected
    expect(counters('requests')).toBe(CALLS)
    expect(counters('request_failed')).toBe(CALLS - ok)
    expect(counters('good_requests')).toBe(ok)
    for (const [name, count] of Object.entries(failures)) expect(counters('requests', name)).toBe(count)
    expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(CALLS - ok)
    expect(recorder.streams).toBe(0)
  })

  function countBy<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
    const counts: Partial<Record<Name, number>> = {}
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1
    return counts
  }
})
