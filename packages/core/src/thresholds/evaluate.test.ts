import { describe, expect, it } from 'vitest'
import { LoadbenchError } from '../model/errors.ts'
import { builtIn } from '../model/metric.ts'
import type { ThresholdPlan } from '../model/plan.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { ThresholdJudge, type MetricSource, type OpenWindow, type ThresholdVerdict } from './evaluate.ts'

const METRICS = ['ttft', 'requests', 'goodput', 'output_tokens'].map(builtIn)

function plan(metric: string, expression: string, parts: Partial<ThresholdPlan> = {}): ThresholdPlan {
  const base = { selector: {}, abortOnFail: false, delayAbortEval: 0, noData: 'fail' } as const
  return { key: metric, metric, expression, ...base, ...parts }
}

/** A source in which every aggregation of every metric has one value. */
function source(value: number | undefined): MetricSource {
  return { select: () => (value === undefined ? undefined : { value: () => value }), timeOf: () => 1 }
}

const noWindow: OpenWindow = () => {
  throw new Error('no window was asked for')
}

function judged(
  one: ThresholdPlan,
  value: number | undefined,
  elapsed = 5_000,
  final = false,
): ThresholdVerdict {
  const [verdict] = new ThresholdJudge([one], METRICS, noWindow).evaluate(source(value), elapsed, final)
  if (verdict === undefined) throw new Error('there is no verdict')
  return verdict
}

describe('a threshold over the run', () => {
  it.each([
    ['avg<5', 4.9, true],
    ['avg<5', 5, false],
    ['avg<=5', 5, true],
    ['avg>5', 5, false],
    ['avg>=5', 5, true],
    ['avg==5', 5, true],
    ['avg==5', 5.1, false],
    ['avg===5', 5, true],
    ['avg!=5', 5, false],
    ['p(95)<1.5s', 1_400, true],
    ['p(95)<1.5s', 1_600, false],
  ])('%s with %d: %s', (expression, value, passed) => {
    expect(judged(plan('ttft', expression), value)).toMatchObject({ observed: value, passed, noData: false })
  })

  it('asks for its metric, its part and the time it is of', () => {
    const asked: unknown[] = []
    const recording: MetricSource = {
      select: (...part) => ({ value: (...question) => void asked.push(part, question) }),
      timeOf: (metric) => (metric === 'ttft' ? 7_000 : 9_000),
    }
    const one = plan('ttft', 'p(99.9)<5', { selector: { scenario: 'a' } })
    new ThresholdJudge([one], METRICS, noWindow).evaluate(recording, 9_000, false)
    expect(asked).toEqual([
      ['ttft', { scenario: 'a' }],
      ['p(99.9)', 7_000],
    ])
  })

  it.each([
    ['ttft', 'p(95)<5', 'ms'],
    ['ttft', 'count<5', ''],
    ['output_tokens', 'count<5', 'tok'],
    ['output_tokens', 'rate<5', ''],
    ['goodput', 'rate>0.5', ''],
  ])('%s %s is observed in "%s"', (metric, expression, unit) => {
    expect(judged(plan(metric, expression), 1).unit).toBe(unit)
  })

  it('gives one verdict for each plan, in their order', () => {
    const plans = [plan('ttft', 'avg<5'), plan('ttft', 'avg<1'), plan('requests', 'count>0')]
    const verdicts = new ThresholdJudge(plans, METRICS, noWindow).evaluate(source(3), 1, true)
    expect(verdicts.map((verdict) => [verdict.plan, verdict.passed])).toEqual([
      [plans[0], true],
      [plans[1], false],
      [plans[2], true],
    ])
  })
})

describe('without data', () => {
  it.each([
    { noData: 'fail', final: false, passed: true },
    { noData: 'pass', final: false, passed: true },
    { noData: 'fail', final: true, passed: false },
    { noData: 'pass', final: true, passed: true },
  ] as const)('noData $noData, at the end $final: passed $passed', ({ noData, final, passed }) => {
    const verdict = judged(plan('ttft', 'avg<5', { noData, abortOnFail: true }), undefined, 5_000, final)
    expect(verdict).toEqual({ plan: verdict.plan, unit: 'ms', passed, noData: true, abort: false })
  })
})

describe('abortOnFail', () => {
  const aborting = plan('ttft', 'avg<5', { abortOnFail: true, delayAbortEval: 10_000 })

  it.each([
    { name: 'fails', value: 9, elapsed: 10_000, abort: true },
    { name: 'fails within delayAbortEval', value: 9, elapsed: 9_999, abort: false },
    { name: 'holds', value: 4, elapsed: 60_000, abort: false },
    { name: 'has no data', value: undefined, elapsed: 60_000, abort: false },
  ])('a threshold that $name: $abort', ({ value, elapsed, abort }) => {
    expect(judged(aborting, value, elapsed).abort).toBe(abort)
  })

  it('has nothing left to end at the end', () => {
    expect(judged(aborting, 9, 60_000, true)).toMatchObject({ passed: false, abort: false })
  })

  it('is needed: a failing threshold without it ends nothing', () => {
    expect(judged(plan('ttft', 'avg<5'), 9).abort).toBe(false)
  })

  it('ends the run on a count not yet reached, as in k6', () => {
    expect(judged(plan('requests', 'count>100', { abortOnFail: true }), 3).abort).toBe(true)
  })
})

describe('a threshold over a window', () => {
  /** Judges a run second by second, with windows whose value is given for each second. */
  function run(
    expression: string,
    values: readonly (number | undefined)[],
    full = 3,
    parts: Partial<ThresholdPlan> = {},
  ) {
    let seconds = 0
    const opened: unknown[] = []
    const open: OpenWindow = (...what) => {
      opened.push(what)
      return {
        get full() {
          return seconds >= full
        },
        observe: () => void seconds++,
        value: () => values[seconds - 1],
      }
    }
    const judge = new ThresholdJudge([plan('ttft', expression, parts)], METRICS, open)
    const verdicts = values.flatMap((_, second) => {
      judge.observe([{ shard: 0, second } as Snapshot])
      return judge.evaluate(source(undefined), (second + 1) * 1_000, false)
    })
    const [final] = judge.evaluate(source(undefined), values.length * 1_000, true)
    return { verdicts, final, opened }
  }

  it('opens a window of its length on its part of the metric', () => {
    expect(run('avg<5 over 3s', [], 3, { selector: { scenario: 'a' } }).opened).toEqual([
      ['ttft', { scenario: 'a' }, 3_000],
    ])
  })

  it('is not judged before the window is full', () => {
    const { verdicts } = run('avg<5 over 3s', [9, 9, 4])
    expect(verdicts.map(({ noData }) => noData)).toEqual([true, true, false])
    expect(verdicts.map(({ passed }) => passed)).toEqual([true, true, true])
  })

  it('must hold in every window: one that failed decides, with the value furthest off', () => {
    const { verdicts, final } = run('avg<5 over 3s', [1, 1, 4, 6, 8, 7, 2])
    expect(verdicts.map(({ passed }) => passed)).toEqual([true, true, true, false, false, false, false])
    expect(verdicts.map(({ observed }) => observed)).toEqual([undefined, undefined, 4, 6, 8, 8, 8])
    expect(final).toMatchObject({ passed: false, observed: 8 })
  })

  it('shows the latest value while it holds', () => {
    expect(run('avg>5 over 3s', [9, 9, 9, 7, 8]).final).toMatchObject({ passed: true, observed: 8 })
  })

  it('passes over windows without a value, and has no data if there is no other', () => {
    expect(run('avg<5 over 3s', [9, 9, undefined, 4]).final).toMatchObject({ passed: true, observed: 4 })
    expect(run('avg<5 over 3s', [undefined, undefined, undefined]).final).toMatchObject({
      passed: false,
      noData: true,
    })
  })

  it('judges a run shorter than the window as one', () => {
    expect(run('avg<5 over 3s', [9, 9]).final).toMatchObject({ passed: false, observed: 9 })
    expect(run('avg<5 over 3s', [4, 4]).final).toMatchObject({ passed: true, observed: 4 })
  })

  it('can end the run', () => {
    const { verdicts } = run('avg<5 over 3s', [1, 1, 9], 3, { abortOnFail: true })
    expect(verdicts.map(({ abort }) => abort)).toEqual([false, false, true])
  })
})

describe('a plan that cannot be judged', () => {
  it.each([
    ['ttft', 'p95<5', 'got "p95"'],
    ['requests', 'p(95)<5', 'requests is a counter'],
    ['nothing', 'avg<5', 'there is no metric "nothing"'],
  ])('%s: %s is refused at once', (metric, expression, message) => {
    const judge = () => new ThresholdJudge([plan(metric, expression)], METRICS, noWindow)
    expect(judge).toThrow(LoadbenchError)
    expect(judge).toThrow(message)
    expect(judge).toThrow(`thresholds.${metric} "${expression}"`)
  })
})
