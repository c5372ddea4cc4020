import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_METRICS } from '../model/metric.ts'
import type { Options } from '../model/options.ts'
import { planLeaves } from './plan-leaves.ts'
import { OptionsError } from './problem.ts'
import { resolvePlan } from './resolve.ts'
import type { OptionTier } from './tier.ts'

const context = { exports: ['default', 'search'], metrics: BUILT_IN_METRICS, cores: 4 }

const LABELS = {
  default: 'default',
  config: 'config loadbench.yaml',
  script: 'script',
  environment: 'environment',
  flags: 'flags',
} as const

type Tiers = Partial<Record<keyof typeof LABELS, unknown>>
const tiersOf = (tiers: Tiers): OptionTier[] =>
  (Object.keys(tiers) as (keyof typeof LABELS)[]).map((source) => ({
    source,
    label: LABELS[source],
    options: tiers[source],
  }))

const resolve = (tiers: Tiers) => resolvePlan(tiersOf(tiers), context)
/** What the type of options allows is what is resolved. */
const script = (options: Options) => resolve({ script: options })

function failure(tiers: Tiers, exports = context.exports): OptionsError {
  try {
    resolvePlan(tiersOf(tiers), { ...context, exports })
  } catch (error) {
    if (error instanceof OptionsError) return error
    throw error
  }
  throw new Error('resolved without a problem')
}
/** `path: message (source)`, one per problem. */
const problems = (tiers: Tiers): string[] =>
  failure(tiers).problems.map(({ path, message, source }) => `${path}: ${message} (${source})`)
const problemsOf = (options: unknown): string[] => problems({ script: options })

const spike = {
  executor: 'ramping-arrival-rate',
  startRate: 2,
  preAllocatedVUs: 50,
  maxVUs: 200,
  stages: [
    { target: 2, duration: '5s' },
    { target: 40, duration: '2s' },
  ],
} as const

describe('without any option', () => {
  it('one VU runs one iteration, and every other option has its default', () => {
    expect(resolve({})).toEqual({
      plan: {
        schemaVersion: 1,
        scenarios: [
          {
            name: 'default',
            executor: 'per-vu-iterations',
            exec: 'default',
            startTime: 0,
            gracefulStop: 30_000,
            env: {},
            tags: {},
            vus: 1,
            iterations: 1,
            maxDuration: 600_000,
          },
        ],
        thresholds: [],
        slo: {},
        tags: {},
        summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
        by: [],
        setupTimeout: 60_000,
        teardownTimeout: 60_000,
        handleSummaryTimeout: 120_000,
        minIterationDuration: 0,
        noSetup: false,
        noTeardown: false,
        workers: 3,
        seed: 1,
        samples: 1_000_000,
      },
      origins: expect.objectContaining({ 'scenarios.default.vus': 'default', workers: 'default' }),
      warnings: [],
    })
  })

  it('a single core has one worker', () => {
    expect(resolvePlan([], { ...context, cores: 1 }).plan.workers).toBe(1)
  })

  it('a script that says undefined or null, or sets a key to undefined, says nothing', () => {
    const nothing = resolve({})
    for (const options of [undefined, null, {}, { vus: undefined, scenarios: undefined }]) {
      expect(resolve({ script: options })).toEqual(nothing)
    }
  })
})

describe('shortcuts', () => {
  const stages = [{ duration: '10s', target: 5 }]
  const readStages = [{ duration: 10_000, target: 5 }]

  it.each<[Options, object]>([
    [{ iterations: 20 }, { executor: 'shared-iterations', vus: 1, iterations: 20, maxDuration: 600_000 }],
    [
      { iterations: 20, vus: 4 },
      { executor: 'shared-iterations', vus: 4, iterations: 20 },
    ],
    [
      { iterations: 20, duration: '5s' },
      { executor: 'shared-iterations', iterations: 20, maxDuration: 5_000 },
    ],
    [{ duration: '1m30s' }, { executor: 'constant-vus', vus: 1, duration: 90_000 }],
    [
      { duration: 250, vus: 3 },
      { executor: 'constant-vus', vus: 3, duration: 250 },
    ],
    [{ stages }, { executor: 'ramping-vus', startVUs: 1, stages: readStages, gracefulRampDown: 30_000 }],
    [
      { stages, vus: 3 },
      { executor: 'ramping-vus', startVUs: 3, stages: readStages },
    ],
    [{ vus: 7 }, { executor: 'shared-iterations', vus: 7, iterations: 7 }],
  ])('%o make the scenario default', (options, scenario) => {
    const { plan, warnings } = script(options)
    expect(plan.scenarios).toEqual([expect.objectContaining({ name: 'default', ...scenario })])
    expect(warnings).toEqual([])
  })

  it.each([
    [
      { stages, duration: '1s' },
      ['duration: cannot stand beside stages, which have durations of their own (script)'],
    ],
    [
      { stages, iterations: 1 },
      ['iterations: cannot stand beside stages, which run until their time is over (script)'],
    ],
    [
      { scenarios: { spike }, vus: 1, iterations: 3 },
      [
        'vus: cannot stand beside scenarios; set it inside of a scenario (script)',
        'iterations: cannot stand beside scenarios; set it inside of a scenario (script)',
      ],
    ],
    [{ iterations: 3, vus: 5 }, ['iterations: must be at least the number of VUs (5), got 3 (script)']],
    [
      { vus: 1, stages: [{ duration: 0, target: 4 }] },
      ['stages: must hold at least one stage with a duration above 0 (script)'],
    ],
  ])('%o cannot be', (options, lines) => {
    expect(problemsOf(options)).toEqual(lines)
  })
})

describe('scenarios', () => {
  it('are read with every default filled in', () => {
    const { plan } = script({
      gracefulStop: '5s',
      scenarios: {
        spike: { ...spike, tags: { kind: 'spike' } },
        soak: {
          executor: 'constant-arrival-rate',
          rate: 0.5,
          duration: '1h',
          preAllocatedVUs: 3,
          timeUnit: '1m',
          arrival: { gamma: 0.5 },
          onSaturation: 'queue',
          gracefulStop: 0,
          exec: 'search',
        },
        ramp: {
          executor: 'ramping-vus',
          stages: [{ duration: '1s', target: 3 }],
          startTime: '10s',
          env: { MODEL: 'a' },
        },
      },
    })
    expect(plan.scenarios).toEqual([
      {
        name: 'spike',
        executor: 'ramping-arrival-rate',
        exec: 'default',
        startTime: 0,
        gracefulStop: 5_000,
        env: {},
        tags: { kind: 'spike' },
        startRate: 2,
        timeUnit: 1_000,
        preAllocatedVUs: 50,
        maxVUs: 200,
        onSaturation: 'drop',
        arrival: 'even',
        stages: [
          { target: 2, duration: 5_000 },
          { target: 40, duration: 2_000 },
        ],
      },
      {
        name: 'soak',
        executor: 'constant-arrival-rate',
        exec: 'search',
        startTime: 0,
        gracefulStop: 0,
        env: {},
        tags: {},
        rate: 0.5,
        timeUnit: 60_000,
        duration: 3_600_000,
        preAllocatedVUs: 3,
        maxVUs: 3,
        onSaturation: 'queue',
        arrival: { gamma: 0.5 },
      },
      {
        name: 'ramp',
        executor: 'ramping-vus',
        exec: 'default',
        startTime: 10_000,
        gracefulStop: 5_000,
        env: { MODEL: 'a' },
        tags: {},
        startVUs: 1,
        stages: [{ duration: 1_000, target: 3 }],
        gracefulRampDown: 30_000,
      },
    ])
  })

  it('take tags and variables that are numbers or booleans as text', () => {
    const { plan } = resolve({
      script: {
        tags: { build: 42 },
        scenarios: { spike: { ...spike, tags: { warm: true }, env: { N: 3 } } },
      },
    })
    expect([plan.tags, plan.scenarios[0]?.tags, plan.scenarios[0]?.env]).toEqual([
      { build: '42' },
      { warm: 'true' },
      { N: '3' },
    ])
  })

  const constantRate = { executor: 'constant-arrival-rate', rate: 1, duration: '1s', preAllocatedVUs: 1 }

  it.each([
    [
      'an executor that does not exist',
      { executor: 'ramping-vu' },
      'executor: must be one of shared-iterations, per-vu-iterations, constant-vus, ramping-vus, constant-arrival-rate, ramping-arrival-rate, got "ramping-vu"; did you mean "ramping-vus"?',
    ],
    [
      'no executor',
      {},
      'executor: is missing: must be one of shared-iterations, per-vu-iterations, constant-vus, ramping-vus, constant-arrival-rate, ramping-arrival-rate',
    ],
    [
      'a rate that is no number',
      { ...constantRate, rate: 'fast' },
      'rate: must be a number above 0, got "fast"',
    ],
    ['a rate of 0', { ...constantRate, rate: 0 }, 'rate: must be a number above 0, got 0'],
    [
      'a duration without a unit loadbench knows',
      { ...constantRate, duration: '5 parsecs' },
      'duration: must be a duration above 0 such as "30s", "1m30s" or 500 (ms), got "5 parsecs"',
    ],
    [
      'a duration of 0',
      { executor: 'constant-vus', duration: 0 },
      'duration: must be a duration above 0 such as "30s", "1m30s" or 500 (ms), got 0',
    ],
    [
      'no duration',
      { executor: 'constant-vus' },
      'duration: is missing: must be a duration above 0 such as "30s", "1m30s" or 500 (ms)',
    ],
    [
      'half a VU',
      { executor: 'constant-vus', duration: 1, vus: 1.5 },
      'vus: must be a whole number above 0, at most 1000000, got 1.5',
    ],
    [
      'null',
      { executor: 'constant-vus', duration: 1, vus: null },
      'vus: must be a whole number above 0, at most 1000000, got null',
    ],
    [
      'a misspelt key',
      { ...constantRate, timeunit: '1s' },
      'timeunit: is not an option of constant-arrival-rate; did you mean "timeUnit"?',
    ],
    [
      'a key of another executor',
      { executor: 'per-vu-iterations', rate: 3 },
      'rate: is not an option of per-vu-iterations, which has executor, startTime, gracefulStop, warmup, exec, env, tags, vus, iterations, maxDuration',
    ],
    [
      'more VUs than iterations',
      { executor: 'shared-iterations', vus: 3, iterations: 2 },
      'iterations: must be at least the number of VUs (3), got 2',
    ],
    [
      'fewer VUs at most than at the start',
      { ...constantRate, preAllocatedVUs: 9, maxVUs: 3 },
      'maxVUs: must be at least preAllocatedVUs (9), got 3',
    ],
    [
      'no VU at all',
      { ...constantRate, preAllocatedVUs: 0 },
      'preAllocatedVUs: must be above 0 where maxVUs is not set, got 0',
    ],
    [
      'no stage',
      { executor: 'ramping-vus', stages: [] },
      'stages: must hold at least one stage with a duration above 0',
    ],
    [
      'stages that stay at 0',
      { ...spike, startRate: 0, stages: [{ duration: 1, target: 0 }] },
      'stages: must have a target above 0 where startRate is 0',
    ],
    [
      'stages that are no list',
      { executor: 'ramping-vus', stages: '10s' },
      'stages: must be a list of stages such as { duration: "30s", target: 10 } (in text: 30s:10,1m:20), got "10s"',
    ],
    [
      'a target below 0',
      { executor: 'ramping-vus', stages: [{ duration: 1, target: -1 }] },
      'stages[0].target: must be a whole number, 0 or above, at most 1000000, got -1',
    ],
    ['a tag that is no text', { ...constantRate, tags: { a: ['b'] } }, 'tags.a: must be text, got a list'],
    [
      'an unknown saturation',
      { ...constantRate, onSaturation: 'dorp' },
      'onSaturation: must be "drop" or "queue", got "dorp"; did you mean "drop"?',
    ],
    [
      'an unknown arrival',
      { ...constantRate, arrival: 'random' },
      'arrival: must be "even", "poisson" or { gamma: a number from 0.01 to 10000 }, got "random"',
    ],
    [
      'a shape out of range',
      { ...constantRate, arrival: { gamma: 0 } },
      'arrival: must be "even", "poisson" or { gamma: a number from 0.01 to 10000 }, got { gamma: 0 }',
    ],
    [
      'a function that is not exported',
      { ...constantRate, exec: 'serach' },
      'exec: the script exports no function "serach"; it exports default, search; did you mean "search"?',
    ],
  ])('cannot have %s', (_, values, line) => {
    expect(problemsOf({ scenarios: { s: values } })).toEqual([`scenarios.s.${line} (script)`])
  })

  it('have names of letters, digits, _ and -', () => {
    expect(problemsOf({ scenarios: { 'a b': constantRate } })).toEqual([
      'scenarios.a b: a name may hold only letters, digits, _ and - (script)',
    ])
  })

  it('are at least one', () => {
    expect(problemsOf({ scenarios: {} })).toEqual(['scenarios: must hold at least one scenario (script)'])
  })
})

describe('other options', () => {
  it('are read', () => {
    const { plan } = script({
      slo: { ttft: 550, tpot: '50ms' },
      pricing: { input: 2, output: 8 },
      summaryTrendStats: ['count', 'p(99.9)'],
      setupTimeout: '5s',
      minIterationDuration: '1s',
      noTeardown: true,
      workers: 2,
      seed: 0,
      vus: 5,
    })
    expect(plan).toMatchObject({
      slo: { ttft: 550, tpot: 50 },
      pricing: { input: 2, output: 8, cached: 2, currency: 'USD' },
      summaryTrendStats: ['count', 'p(99.9)'],
      setupTimeout: 5_000,
      minIterationDuration: 1_000,
      noTeardown: true,
      workers: 2,
      seed: 0,
    })
  })

  it.each([
    [0, 0],
    [500, 500],
    ['none', 0],
    ['all', 'all'],
  ] as const)('samples: %s is %s', (given, read) => {
    expect(script({ samples: given }).plan.samples).toBe(read)
  })

  it.each([-1, 1.5, 'some', true])('samples: %s is refused', (given) => {
    expect(problemsOf({ samples: given })).toEqual([
      expect.stringMatching(/^samples: must be a whole number, 0 or above, "all" or "none", got /) as string,
    ])
  })

  it('of price are 0 where they are not set', () => {
    expect(script({ pricing: { cached: 1, currency: 'EUR' } }).plan.pricing).toEqual({
      input: 0,
      output: 0,
      cached: 1,
      currency: 'EUR',
    })
  })

  it.each([
    [3, 'options: must be an object, got 3'],
    [{ vuss: 3 }, 'vuss: is not an option; did you mean "vus"?'],
    [{ discardResponseBodies: true }, 'discardResponseBodies: is not an option'],
    [{ slo: { ttfb: 3 } }, 'slo.ttfb: is not an option of slo; did you mean "ttft"?'],
    [
      { slo: { ttft: 'soon' } },
      'slo.ttft: must be a duration above 0 such as "30s", "1m30s" or 500 (ms), got "soon"',
    ],
    [{ tags: { outcome: 'x' } }, 'tags.outcome: is a tag that loadbench sets itself; choose another name'],
    [{ slo: 3 }, 'slo: must be an object with ttft, ttfat, tpot, e2e_latency, request_duration, got 3'],
    [{ pricing: { input: -1 } }, 'pricing.input: must be a number, 0 or above, got -1'],
    [{ summaryTrendStats: 'avg' }, 'summaryTrendStats: must be a list such as ["avg", "p(95)"], got "avg"'],
    [
      { summaryTrendStats: ['avg', 'p(101)'] },
      'summaryTrendStats[1]: must be one of avg, min, med, max, p(N), count, rate with N from 0 to 100, got "p(101)"',
    ],
    [
      { summaryTrendStats: ['p99.9'] },
      'summaryTrendStats[0]: must be one of avg, min, med, max, p(N), count, rate with N from 0 to 100, got "p99.9"; did you mean "p(99.9)"?',
    ],
    [
      { summaryTrendStats: ['mean'] },
      'summaryTrendStats[0]: must be one of avg, min, med, max, p(N), count, rate with N from 0 to 100, got "mean"; did you mean "avg"?',
    ],
    [{ by: 'model' }, 'by: must be a list of tags such as ["model"], got "model"'],
    [{ by: ['model', ''] }, 'by[1]: must be the name of a tag, got ""'],
    [{ by: ['ttft{model:x}'] }, 'by[0]: must be the name of a tag, got "ttft{model:x}"'],
    [
      { summaryTrendStats: ['p(N)'] },
      'summaryTrendStats[0]: must be one of avg, min, med, max, p(N), count, rate with N from 0 to 100, got "p(N)"',
    ],
    [{ noSetup: 'yes' }, 'noSetup: must be true or false, got "yes"'],
    [{ workers: 0 }, 'workers: must be a whole number above 0, at most 1024, got 0'],
    [
      { tags: ['a'] },
      'tags: must be names with values such as { team: "ml" } (in text: team=ml,build=42), got a list',
    ],
    [
      { setupTimeout: -1 },
      'setupTimeout: must be a duration above 0 such as "30s", "1m30s" or 500 (ms), got -1',
    ],
  ])('%o are wrong', (options, line) => {
    expect(problemsOf(options)).toEqual([`${line} (script)`])
  })
})

describe('a warm-up', () => {
  const steady = { executor: 'constant-vus', vus: 1, duration: '1m' } as const
  const warmUps = (options: Options) => script(options).plan.scenarios.map(({ warmup }) => warmup)

  it.each<[string, Options, (number | undefined)[]]>([
    ['of the run covers what starts within it', { warmup: '30s', scenarios: { a: steady } }, [30_000]],
    [
      'of the run is over for who comes later',
      {
        warmup: '30s',
        scenarios: { a: { ...steady, startTime: '20s' }, b: { ...steady, startTime: '40s' } },
      },
      [10_000, undefined],
    ],
    [
      'of a scenario is its own, from its own start',
      { warmup: '30s', scenarios: { a: { ...steady, startTime: '40s', warmup: '5s' } } },
      [5_000],
    ],
    ['works beside shortcuts', { warmup: 500, vus: 1, duration: '5s' }, [500]],
    ['is none unless it is asked for', { scenarios: { a: steady } }, [undefined]],
  ])('%s', (_, options, expected) => {
    expect(warmUps(options)).toEqual(expected)
  })

  it('that leaves nothing to measure is refused, wherever it was set', () => {
    const scenarios = { a: { ...steady, warmup: '1m' }, b: { ...steady, duration: '20s' } }
    expect(problemsOf({ warmup: '30s', scenarios })).toEqual([
      'scenarios.a.warmup: must be shorter than the 1m in which iterations start, got 1m (script)',
      'warmup: leaves nothing of the scenario b to measure, which has 20s (script)',
    ])
    expect(problems({ script: { duration: '5s' }, flags: { warmup: '1m' } })).toEqual([
      'warmup: leaves nothing of the scenario default to measure, which has 5s (flag --warmup)',
    ])
  })

  it('is told with who set it', () => {
    const { origins } = resolve({ script: { scenarios: { a: steady } }, flags: { warmup: '3s' } })
    expect(origins['scenarios.a.warmup']).toBe('flag --warmup')
  })
})

describe('thresholds', () => {
  it('are bound to their metrics, in every way they can be written', () => {
    const { plan } = resolve({
      script: {
        scenarios: { spike },
        thresholds: {
          ttft: ['p(95)<550', { threshold: 'p(99)<2s', abortOnFail: true, delayAbortEval: '10s' }],
          'ttft{scenario:spike}': 'avg<100',
          request_failed: { threshold: 'rate<1%', noData: 'pass' },
        },
      },
    })
    const usual = { abortOnFail: false, delayAbortEval: 0, noData: 'fail', selector: {} }
    expect(plan.thresholds).toEqual([
      { ...usual, key: 'ttft', metric: 'ttft', expression: 'p(95)<550' },
      {
        ...usual,
        key: 'ttft',
        metric: 'ttft',
        expression: 'p(99)<2s',
        abortOnFail: true,
        delayAbortEval: 10_000,
      },
      {
        ...usual,
        key: 'ttft{scenario:spike}',
        metric: 'ttft',
        selector: { scenario: 'spike' },
        expression: 'avg<100',
      },
      { ...usual, key: 'request_failed', metric: 'request_failed', expression: 'rate<1%', noData: 'pass' },
    ])
  })

  it('may be about a metric the script made', () => {
    const metrics = [...BUILT_IN_METRICS, { name: 'words', type: 'trend', unit: '' } as const]
    const options = { thresholds: { words: ['avg>10'] } }
    const { plan } = resolvePlan(tiersOf({ script: options }), { ...context, metrics })
    expect(plan.thresholds[0]).toMatchObject({ metric: 'words', expression: 'avg>10' })
  })

  it.each([
    [{ tftt: ['p(95)<1'] }, 'thresholds.tftt: there is no metric "tftt"; did you mean "ttft"?'],
    [{ ttft: [3] }, 'thresholds.ttft[0].threshold: must be an expression such as "p(95)<550", got 3'],
    [
      { ttft: [{ threshold: 'p(95)<1', abort: true }] },
      'thresholds.ttft[0].abort: is not an option of a threshold, which has threshold, abortOnFail, delayAbortEval, noData',
    ],
    [['p(95)<1'], 'thresholds: must be metrics with expressions such as { ttft: ["p(95)<550"] }, got a list'],
  ])('%o are wrong', (thresholds, line) => {
    expect(problemsOf({ thresholds })).toEqual([`${line} (script)`])
  })

  it('with an expression that cannot be read, or not asked of the metric, say so', () => {
    const wrong = failure({
      script: {
        thresholds: { ttft: ['p(95)<', 'rate<1%'], requests: ['p(95)<3'], nothing_like_it: ['p(9'] },
      },
    })
    expect(wrong.problems.map(({ path }) => path)).toEqual([
      'thresholds.ttft[0].threshold',
      'thresholds.ttft[1].threshold',
      'thresholds.requests[0].threshold',
      'thresholds.nothing_like_it',
      'thresholds.nothing_like_it[0].threshold',
    ])
    expect(wrong.problems[3]?.message).toContain('ttft, ttfat')
  })
})

describe('a time without a unit', () => {
  it.each<[string, Parameters<typeof resolve>[0], string]>([
    [
      'of a flag',
      { flags: { duration: '10' } },
      'duration: "10" is 10ms; for seconds write "10s" (flag --duration).',
    ],
    [
      'of the environment',
      { environment: { duration: '1500' } },
      'duration: "1500" is 1.5s; for seconds write "1500s" (environment LOADBENCH_DURATION).',
    ],
    [
      'of a stage',
      { flags: { stages: [{ duration: '30', target: 2 }] } },
      'stages[0].duration: "30" is 30ms; for seconds write "30s" (flag --stage).',
    ],
    [
      'of a scenario',
      { script: { scenarios: { quick: { executor: 'constant-vus', duration: '5' } } } },
      'scenarios.quick.duration: "5" is 5ms; for seconds write "5s" (script).',
    ],
  ])('%s is ms, and doubted', (_, tiers, warning) => {
    expect(resolve(tiers).warnings).toEqual([warning])
  })

  it.each([10_000, '10s', '500ms', '1.5h'])('is not what %s is', (duration) => {
    expect(script({ duration, gracefulStop: '0', tags: { duration: '10' } }).warnings).toEqual([])
  })
})

describe('a threshold of a stage', () => {
  const legs = (...durations: number[]) => durations.map((duration) => ({ duration, target: 3 }))
  const ramp = { executor: 'ramping-vus', stages: legs(1_000, 0, 1_000) } as const
  const rush = { executor: 'ramping-vus', stages: legs(1_000, 1_000, 1_000, 1_000) } as const
  const quiet = { executor: 'constant-vus', vus: 1, duration: '1s' } as const
  const single = { executor: 'ramping-vus', stages: legs(1_000) } as const

  it.each<[string, Options, string, string]>([
    ['beyond the last', { scenarios: { ramp } }, 'stage:7', 'there is no stage 7; ramp has stages 0 and 2'],
    [
      'that is over at once',
      { scenarios: { ramp } },
      'stage:1',
      'there is no stage 1; ramp has stages 0 and 2',
    ],
    [
      'that no ramp has',
      { scenarios: { ramp, rush, quiet } },
      'stage:4',
      'there is no stage 4; ramp has stages 0 and 2, rush has stages 0 to 3',
    ],
    [
      'of a ramp with one that lasts',
      { scenarios: { ramp: { ...ramp, stages: legs(0, 1_000) } } },
      'stage:0',
      'there is no stage 0; ramp has stage 1 only',
    ],
    [
      'that only another scenario has',
      { scenarios: { ramp, rush } },
      'scenario:ramp,stage:3',
      'there is no stage 3; ramp has stages 0 and 2',
    ],
  ])('%s is a mistake', (_, options, selector, problem) => {
    const key = `ttft{${selector}}`
    const wrong = failure({ script: { ...options, thresholds: { [key]: ['p(95)<1', 'max<9'] } } })
    expect(wrong.message).toContain(`thresholds.${key}: ${problem} (script)`)
    expect([wrong.code, wrong.problems.length]).toEqual(['LB_THRESHOLD_INVALID', 1])
  })

  it.each<[string, Options, string]>([
    ['one of the ramp', { scenarios: { ramp } }, 'stage:2'],
    ['one of any ramp', { scenarios: { ramp, rush } }, 'stage:3'],
    ['what is no number: a tag of the script', { scenarios: { ramp } }, 'stage:drafting'],
    ['a tag the options set', { scenarios: { ramp }, tags: { stage: '9' } }, 'stage:9'],
    ['a tag the scenario sets', { scenarios: { ramp: { ...ramp, tags: { stage: '9' } } } }, 'stage:9'],
  ])('may be %s', (_, options, selector) => {
    const { warnings } = script({ ...options, thresholds: { [`ttft{${selector}}`]: ['p(95)<1'] } })
    expect(warnings).toEqual([])
  })

  it('of a scenario that has none may be a tag of the script, and is doubted', () => {
    const { warnings } = script({
      scenarios: { ramp, single },
      thresholds: { 'ttft{scenario:single,stage:0}': ['p(95)<1'] },
    })
    expect(warnings).toEqual([expect.stringContaining('no scenario it is about is a ramp of 2 to 50 stages')])
  })
})

describe('of several places', () => {
  it('the higher one wins: defaults, config, script, environment, flags, in whatever order they are given', () => {
    const seeds: Tiers = {
      flags: { seed: 5 },
      environment: { seed: 4 },
      script: { seed: 3 },
      config: { seed: 2 },
    }
    const order = ['flags', 'environment', 'script', 'config'] as const
    const left: Tiers = { ...seeds }
    const won = order.map((source) => {
      const { plan } = resolve(left)
      delete left[source]
      return plan.seed
    })
    expect(won).toEqual([5, 4, 3, 2])
  })

  it('each option comes whole from one', () => {
    const { plan } = resolve({
      config: { tags: { a: '1', b: '2' }, slo: { ttft: 1 }, workers: 1 },
      script: { tags: { b: '3' }, slo: { tpot: 2 } },
    })
    expect(plan).toMatchObject({ tags: { b: '3' }, slo: { tpot: 2 }, workers: 1 })
    expect(plan.tags).not.toHaveProperty('a')
    expect(plan.slo).not.toHaveProperty('ttft')
  })

  it('the load comes from one alone, and what that hides is said', () => {
    const scenarios = { spike, soak: spike }
    const { plan, warnings } = resolve({ script: { scenarios }, flags: { duration: '3s' } })
    expect(plan.scenarios).toMatchObject([
      { name: 'default', executor: 'constant-vus', duration: 3_000, vus: 1 },
    ])
    expect(warnings).toEqual([
      'Not used: scenarios.spike, scenarios.soak (script). The load comes from flag --duration.',
    ])
  })

  it.each<[Tiers, object, string[]]>([
    [
      { script: { duration: '1m' }, flags: { vus: 10 } },
      { executor: 'constant-vus', vus: 10, duration: 60_000 },
      [],
    ],
    [
      { script: { vus: 50, duration: '1m' }, flags: { duration: '1s' } },
      { executor: 'constant-vus', vus: 50, duration: 1_000 },
      [],
    ],
    [
      { script: { vus: 50, duration: '1m' }, flags: { iterations: 100 } },
      { executor: 'shared-iterations', vus: 50, iterations: 100, maxDuration: 600_000 },
      ['Not used: duration (script). The load comes from flag --iterations.'],
    ],
    [
      { script: { scenarios: { spike } }, flags: { vus: 10 } },
      { executor: 'shared-iterations', vus: 10, iterations: 10 },
      [
        'Not used: scenarios.spike (script). The load comes from flag --vus (shared-iterations, as many iterations as VUs).',
      ],
    ],
    [
      { config: { vus: 7 }, script: { scenarios: { spike } } },
      { name: 'spike' },
      ['Not used: vus (config loadbench.yaml). The load comes from script.'],
    ],
    [
      {
        config: { scenarios: { spike } },
        script: { stages: [{ duration: 1, target: 1 }] },
        environment: { iterations: 3, vus: 2 },
      },
      { executor: 'shared-iterations', vus: 2, iterations: 3 },
      [
        'Not used: scenarios.spike (config loadbench.yaml). The load comes from script.',
        'Not used: stages (script). The load comes from environment LOADBENCH_VUS, environment LOADBENCH_ITERATIONS.',
      ],
    ],
    [
      { script: { vus: 50, duration: '1m' }, flags: { vus: 2, duration: '1s' } },
      { executor: 'constant-vus', vus: 2, duration: 1_000 },
      [],
    ],
    [
      { config: { scenarios: { spike, old: spike } }, script: { scenarios: { spike } } },
      { name: 'spike' },
      ['Not used: scenarios.old (config loadbench.yaml). The load comes from script.'],
    ],
  ])('%o', (tiers, scenario, warnings) => {
    const resolution = resolve(tiers)
    expect(resolution.plan.scenarios).toEqual([expect.objectContaining(scenario)])
    expect(resolution.warnings).toEqual(warnings)
  })

  it('a default gracefulStop does not touch a scenario that has its own', () => {
    const scenarios = { own: { ...spike, gracefulStop: '1s' }, other: spike }
    const { plan } = resolve({ script: { scenarios }, flags: { gracefulStop: '9s' } })
    expect(plan.scenarios.map(({ gracefulStop }) => gracefulStop)).toEqual([1_000, 9_000])
  })
})

describe('origins', () => {
  const tiers: Tiers = {
    config: { tags: { team: 'ml', lost: 'x' }, pricing: { input: 1 }, workers: 2 },
    script: {
      scenarios: {
        spike: { ...spike, arrival: { gamma: 2 } },
        soak: { executor: 'constant-vus', duration: '1s', vus: 3, tags: { a: 'b' } },
      },
      thresholds: { ttft: 'p(95)<550', request_failed: [{ threshold: 'rate<1%', abortOnFail: true }] },
      slo: { ttft: 550 },
    },
    environment: { setupTimeout: '1s', summaryTrendStats: ['avg'] },
    flags: { tags: { team: 'sre' }, gracefulStop: '5s', noSetup: true },
  }

  it('are known for every value of the plan, and for nothing else', () => {
    const { plan, origins } = resolve(tiers)
    expect(Object.keys(origins)).toEqual(planLeaves(plan).map(({ path }) => path))
  })

  it('say who set a value, and of which variable or flag', () => {
    const { origins } = resolve(tiers)
    expect(origins).toMatchObject({
      'scenarios.spike.stages[1].target': 'script',
      'scenarios.spike.arrival.gamma': 'script',
      'scenarios.spike.timeUnit': 'default',
      'scenarios.spike.gracefulStop': 'flag --graceful-stop',
      'scenarios.soak.vus': 'script',
      'scenarios.soak.tags.a': 'script',
      'thresholds.ttft[0].threshold': 'script',
      'thresholds.ttft[0].abortOnFail': 'default',
      'thresholds.request_failed[0].abortOnFail': 'script',
      'slo.ttft': 'script',
      'tags.team': 'flag --tag',
      'pricing.input': 'config loadbench.yaml',
      'pricing.currency': 'default',
      'summaryTrendStats[0]': 'environment LOADBENCH_SUMMARY_TREND_STATS',
      setupTimeout: 'environment LOADBENCH_SETUP_TIMEOUT',
      teardownTimeout: 'default',
      noSetup: 'flag --no-setup',
      workers: 'config loadbench.yaml',
      seed: 'default',
    })
  })

  it('of a shortcut are those of its options', () => {
    const { origins } = resolve({
      script: { duration: '9s' },
      flags: { stages: [{ duration: '1s', target: 3 }], vus: 2 },
    })
    expect(origins).toMatchObject({
      'scenarios.default.executor': 'flag --stage',
      'scenarios.default.stages[0].duration': 'flag --stage',
      'scenarios.default.startVUs': 'flag --vus',
      'scenarios.default.gracefulRampDown': 'default',
    })
  })

  it('do not mistake a hidden scenario called default for the one of a shortcut', () => {
    const hidden = { executor: 'constant-vus', duration: '1s', startTime: '1s', vus: 9 }
    const { origins } = resolve({ script: { scenarios: { default: hidden } }, flags: { duration: '2s' } })
    expect(origins).toMatchObject({
      'scenarios.default.startTime': 'default',
      'scenarios.default.vus': 'default',
      'scenarios.default.duration': 'flag --duration',
    })
  })
})

describe('warnings', () => {
  const ramp = { executor: 'ramping-vus', stages: [{ duration: '1s', target: 3 }] } as const

  it.each<[string, Options, string[]]>([
    [
      'a gracefulStop shorter than a gracefulRampDown',
      { scenarios: { ramp: { ...ramp, gracefulRampDown: '10s', gracefulStop: '5s' } } },
      [
        'scenarios.ramp: VUs that leave near the end have no gracefulRampDown of 10s, because the shorter gracefulStop of 5s ends the scenario.',
      ],
    ],
    [
      'not one shorter than the default nobody set',
      { scenarios: { ramp: { ...ramp, gracefulStop: '5s' } } },
      [],
    ],
    [
      'more workers than VUs',
      { scenarios: { ramp }, workers: 8 },
      ['workers: 8 are more than the 3 VUs of the plan; some will have nothing to do.'],
    ],
    ['as many workers as VUs', { scenarios: { ramp }, workers: 3 }, []],
    [
      'an empty list of thresholds',
      { thresholds: { ttft: [] } },
      ['thresholds.ttft: the list is empty, so nothing is judged.'],
    ],
    [
      'a threshold of a scenario that is not there',
      { scenarios: { ramp }, thresholds: { 'ttft{scenario:rmap}': ['p(95)<1'] } },
      ['thresholds.ttft{scenario:rmap}: there is no scenario "rmap"; did you mean "ramp"?'],
    ],
    [
      'a threshold of a group by its name alone',
      { vus: 1, thresholds: { 'group_duration{group:opening}': ['p(95)<1'] } },
      ['thresholds.group_duration{group:opening}: the tag of a group begins with ::, as in group:::opening'],
    ],
    [
      'a threshold of a group',
      { vus: 1, thresholds: { 'group_duration{group:::opening}': ['p(95)<1'] } },
      [],
    ],
    [
      'a threshold of a stage where no scenario has some',
      { vus: 1, thresholds: { 'ttft{stage:1}': ['p(95)<1'] } },
      [
        'thresholds.ttft{stage:1}: no scenario it is about is a ramp of 2 to 50 stages, so only a tag "stage" of the script\'s own can match.',
      ],
    ],
  ])('%s', (_, options, warnings) => {
    expect(script(options).warnings).toEqual(warnings)
  })
})

describe('the error', () => {
  it('lists every problem of every place, one a line', () => {
    const error = failure({
      config: { worker: 3, vus: 0 },
      script: {
        scenarios: { a: { ...spike, rate: 3, exec: 'nope' }, b: { executor: 'shared-iterations', vus: 3 } },
        thresholds: { ttft: ['p95<1'], what_is_this: ['count>1'] },
        slo: { ttft: 'x' },
      },
      flags: { iterations: 2, vus: 3, stages: [] },
    })
    expect(error.problems.map(({ path, source }) => `${path} (${source})`)).toEqual([
      'worker (config loadbench.yaml)',
      'vus (config loadbench.yaml)',
      'scenarios.a.exec (script)',
      'scenarios.a.rate (script)',
      'scenarios.b.iterations (script)',
      'thresholds.ttft[0].threshold (script)',
      'thresholds.what_is_this (script)',
      'slo.ttft (script)',
      'iterations (flag --iterations)',
    ])
    const lines = error.message.split('\n')
    expect(lines[0]).toBe('9 options are wrong:')
    expect(lines.slice(1)).toEqual(
      error.problems.map(({ path, message, source }) => `  ${path}: ${message} (${source})`),
    )
    expect(error.code).toBe('LB_OPTIONS_INVALID')
    expect(error.exitCode).toBe(104)
    expect(error.hint).toContain('config loadbench.yaml, script, flag --iterations')
  })

  it.each([
    ['LB_OPTIONS_INVALID', { vus: 0 }],
    ['LB_THRESHOLD_INVALID', { thresholds: { tftt: ['p(95)<1'], ttft: ['p95<1'] } }],
    ['LB_OPTIONS_INVALID', { vus: 0, thresholds: { tftt: ['p(95)<1'] } }],
    ['LB_NO_EXEC', { scenarios: { a: { ...spike, exec: 'nope' } } }],
    ['LB_OPTIONS_INVALID', { scenarios: { a: { ...spike, exec: 'nope', maxVUs: 0 } } }],
  ])('has the code %s when %o', (code, options) => {
    expect(failure({ script: options }).code).toBe(code)
  })

  it('has the code LB_NO_EXEC when there is nothing to run by default', () => {
    const error = failure({ flags: { vus: 3 } }, ['warm', 'main'])
    expect(error.code).toBe('LB_NO_EXEC')
    expect(error.message).toBe(
      'An option is wrong:\n  scenarios.default.exec: the script exports no function "default"; it exports warm, main (default)',
    )
    expect(failure({}, []).message).toContain('it exports none at all')
  })

  it('says which flags replaced the scenarios, where their one has no function to run', () => {
    const listing = { scenarios: { a: { ...spike, exec: 'ask' }, b: { ...spike, exec: 'ask' } } }
    const error = failure({ script: listing, flags: { duration: '5s', vus: 2 } }, ['ask', 'warm'])
    expect(error.code).toBe('LB_NO_EXEC')
    expect(error.message).toBe(
      'An option is wrong:\n  vus, duration: replace the scenarios of the script (a, b) by one that runs the default function, but the script has none; it exports ask, warm (flag --vus, flag --duration)',
    )
    expect(error.hint).toMatch(
      /^Leave that out and change the scenario .*--env NAME=value.* default function\.$/,
    )
    expect(failure({ script: listing, flags: { iterations: 5 } }, ['ask']).message).toContain(
      '  iterations: replaces the scenarios of the script (a, b)',
    )
  })
})

describe('whatever a script exports as options', () => {
  const keys = [
    'scenarios',
    'vus',
    'stages',
    'thresholds',
    'slo',
    'pricing',
    'tags',
    'summaryTrendStats',
    'seed',
  ]
  const fields = [
    'executor',
    'stages',
    'rate',
    'duration',
    'preAllocatedVUs',
    'arrival',
    'exec',
    'env',
    'maxVUs',
  ]
  const executors = fc.constantFrom(
    'ramping-vus',
    'constant-vus',
    'constant-arrival-rate',
    'shared-iterations',
  )
  const value = fc.oneof(fc.anything(), executors, fc.constant('5s'), fc.nat(9), fc.constant(undefined))
  const scenario = fc.dictionary(fc.constantFrom(...fields), value)
  const options = fc.dictionary(
    fc.constantFrom(...keys, 'other'),
    fc.oneof(value, fc.dictionary(fc.string(), fc.oneof(value, scenario)), fc.array(value)),
  )

  it('there is a plan of plain JSON with an origin for each value, or an error with problems', () => {
    fc.assert(
      fc.property(fc.oneof(options, fc.anything()), (written) => {
        try {
          const { plan, origins } = resolve({ script: written })
          expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan)
          expect(Object.keys(origins).toSorted()).toEqual(
            planLeaves(plan)
              .map(({ path }) => path)
              .toSorted(),
          )
        } catch (error) {
          if (!(error instanceof OptionsError)) throw error
          expect(error.problems.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('a key set to undefined leaves nothing in the plan', () => {
    const { plan } = resolve({
      script: {
        slo: { ttft: undefined },
        pricing: { cached: undefined },
        scenarios: {
          a: {
            executor: 'constant-arrival-rate',
            rate: 1,
            duration: 1,
            preAllocatedVUs: 2,
            maxVUs: undefined,
            gracefulStop: undefined,
            tags: undefined,
          },
        },
      },
    })
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan)
    expect(plan.scenarios[0]).toMatchObject({ maxVUs: 2, gracefulStop: 30_000, tags: {} })
  })
})
