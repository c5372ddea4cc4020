import { join } from 'node:path'
import type { Summary } from 'loadbench'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { makeProject, ROOT } from './harness/project.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const TIMING = { ttft: 50, itl: 5, outputTokens: 16, reasoningTokens: 4, cachedTokens: 3 }
const ENGINES = ['vllm', 'tgi', 'ollama', 'bedrock']

/**
 * Who gives what of the answers' metrics, against a server that reasons and caches: TGI's own routes know
 * neither, Ollama and Bedrock do not count reasoning apart, Ollama does not tell what was cached. Of the
 * server's durations TGI tells those of whole answers only, and vLLM none unless it is asked to.
 */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  ttft: ENGINES,
  ttfat: ENGINES,
  ttft_scheduled: ENGINES,
  itl: ENGINES,
  tpot: ENGINES,
  e2e_latency: ENGINES,
  request_duration: ENGINES,
  time_to_headers: ENGINES,
  connecting: ENGINES,
  tls_handshaking: [],
  sending: ENGINES,
  tokens_per_second: ENGINES,
  tokens_per_chunk: ENGINES,
  input_length: ENGINES,
  output_length: ENGINES,
  reasoning_length: ['vllm'],
  cached_length: ['vllm', 'bedrock'],
  server_queue: [],
  server_prefill: ['ollama'],
  server_decode: ['ollama'],
  server_load: [],
  server_total: ['ollama', 'bedrock'],
  input_tokens: ENGINES,
  output_tokens: ENGINES,
  requests: ENGINES,
  request_failed: ENGINES,
  request_interrupted: ENGINES,
  interrupted_age: [],
  goodput: ENGINES,
  good_requests: ENGINES,
  cost: ENGINES,
  iterations_started: ENGINES,
  iterations: ENGINES,
  iteration_duration: ENGINES,
  iteration_failed: ENGINES,
  dropped_iterations: ENGINES,
  interrupted_iterations: ENGINES,
  checks: ENGINES,
  data_sent: ENGINES,
  data_received: ENGINES,
}

/** The metrics of a scenario by its tag alone. */
function givenBy({ metrics }: Summary, scenario: string): string[] {
  const own = JSON.stringify({ scenario })
  return metrics.filter(({ tags }) => JSON.stringify(tags) === own).map(({ name }) => name)
}

describe('scenarios/engines.ts', () => {
  let summary: Summary

  beforeAll(async () => {
    // The script as it is, with a price and one more threshold a scenario: a series is kept where one asks.
    const script = `
      import { options as own } from ${JSON.stringify(join(ROOT, 'scenarios/engines.ts'))}
      export { default } from ${JSON.stringify(join(ROOT, 'scenarios/engines.ts'))}
      const counted = ${JSON.stringify(ENGINES)}.map((engine) => ['output_length{scenario:' + engine + ',token_source:usage}', ['min>0']])
      export const options = {
        ...own,
        pricing: { input: 1, output: 2, cached: 0.5 },
        thresholds: { ...own.thresholds, ...Object.fromEntries(counted) },
      }`
    const project = makeProject({ 'script.ts': script })
    const args = ['run', 'script.ts', '--simulate', JSON.stringify(TIMING), '--no-report']
    const ran = await project.loadbench(args, { env: { SECONDS: '2', VUS: '2' } })
    expect(ran.stderr).toBe('')
    summary = ran.summary()
  })

  it.each(Object.entries(GIVEN))('%s comes from: %j', (name, engines) => {
    expect(ENGINES.filter((engine) => givenBy(summary, engine).includes(name))).toEqual(engines)
  })

  it('gives no metric that is not in this table', () => {
    const given = ENGINES.flatMap((engine) => givenBy(summary, engine))
    expect(given.filter((name) => !(name in GIVEN))).toEqual([])
  })

  // TGI has one more, of the end itself; its own routes do not reason.
  it.each([
    ['vllm', 20],
    ['tgi', 17],
    ['ollama', 20],
    ['bedrock', 20],
  ])('%s tells of %i tokens itself', (scenario, tokens) => {
    const all = metricOf(summary, 'output_length', { scenario })
    const told = metricOf(summary, 'output_length', { scenario, token_source: 'usage' })
    expect(told.values).toEqual(all.values)
    expect([told.values['min'], told.values['max']]).toEqual([tokens, tokens])
    expect(valueOf(summary, 'request_failed', 'passes', { scenario })).toBe(0)
    expect(valueOf(summary, 'checks', 'fails', { scenario })).toBe(0)
  })
})
