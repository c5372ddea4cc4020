import { describe, expect, it } from 'vitest'
import { BUILT_IN_METRICS } from '../model/metric.ts'
import { optionsFromEnvironment } from './environment.ts'
import { ENVIRONMENT_OPTIONS, flagOf } from './option-names.ts'
import { OptionsError } from './problem.ts'
import { resolvePlan } from './resolve.ts'
import { parseStages } from './stages-text.ts'

const context = { exports: ['default'], metrics: BUILT_IN_METRICS, cores: 2 }
const resolve = (env: Record<string, string>) =>
  resolvePlan(
    [{ source: 'environment', label: 'environment', options: optionsFromEnvironment(env) }],
    context,
  )

describe('options from the environment', () => {
  it('are read as what they need', () => {
    expect(
      optionsFromEnvironment({
        LOADBENCH_VUS: '10',
        LOADBENCH_DURATION: '30s',
        LOADBENCH_ITERATIONS: ' 100 ',
        LOADBENCH_STAGES: '10s:5,20s:10',
        LOADBENCH_NO_SETUP: 'true',
        LOADBENCH_NO_TEARDOWN: '0',
        LOADBENCH_TAGS: 'team=ml, url=http://x/?a=b',
        LOADBENCH_SUMMARY_TREND_STATS: 'avg, p(95)',
        LOADBENCH_SEED: '',
        LOADBENCH_TARGET: 'http://127.0.0.1:1',
        PATH: '/bin',
      }),
    ).toEqual({
      vus: 10,
      duration: '30s',
      iterations: 100,
      stages: [
        { duration: '10s', target: 5 },
        { duration: '20s', target: 10 },
      ],
      noSetup: true,
      noTeardown: false,
      tags: { team: 'ml', url: 'http://x/?a=b' },
      summaryTrendStats: ['avg', 'p(95)'],
    })
  })

  it.each(ENVIRONMENT_OPTIONS)('$variable=$example is right', ({ variable, example }) => {
    const { origins } = resolve({ [variable]: example })
    // gracefulStop and the shortcuts show in the scenario they make.
    expect(Object.values(origins)).toContain(`environment ${variable}`)
  })

  it.each([
    ['LOADBENCH_VUS', 'fast', 'vus: must be a whole number above 0, at most 1000000, got "fast"'],
    [
      'LOADBENCH_STAGES',
      '10s',
      'stages: must be a list of stages such as { duration: "30s", target: 10 } (in text: 30s:10,1m:20), got "10s"',
    ],
    [
      'LOADBENCH_TAGS',
      'team',
      'tags: must be names with values such as { team: "ml" } (in text: team=ml,build=42), got "team"',
    ],
    ['LOADBENCH_NO_SETUP', 'maybe', 'noSetup: must be true or false, got "maybe"'],
    [
      'LOADBENCH_SUMMARY_TREND_STATS',
      'avg,',
      'summaryTrendStats[1]: must be one of avg, min, med, max, p(N), count, rate with N from 0 to 100, got ""',
    ],
  ])('%s=%s is a problem that names the variable', (variable, text, line) => {
    expect(() => resolve({ [variable]: text })).toThrow(OptionsError)
    expect(() => resolve({ [variable]: text })).toThrow(`${line} (environment ${variable})`)
  })
})

describe('stages in text', () => {
  it.each([
    ['10s:5', [{ duration: '10s', target: 5 }]],
    [
      '0:10,1m30s:2.5',
      [
        { duration: '0', target: 10 },
        { duration: '1m30s', target: 2.5 },
      ],
    ],
    [
      ' 10s : 5 , 20s:10',
      [
        { duration: '10s', target: 5 },
        { duration: '20s', target: 10 },
      ],
    ],
  ])('%j are read', (text, stages) => {
    expect(parseStages(text)).toEqual(stages)
  })

  it.each(['', '10s', '10s:', '10s:-1', 'soon:1', '10s:5,'])(
    '%j is no list of stages and stays as it is',
    (text) => {
      expect(parseStages(text)).toBe(text)
    },
  )
})

describe('flags', () => {
  it.each([
    ['vus', '--vus'],
    ['setupTimeout', '--setup-timeout'],
    ['stages', '--stage'],
    ['tags', '--tag'],
  ] as const)('%s is set by %s', (option, flag) => {
    expect(flagOf(option)).toBe(flag)
  })
})
