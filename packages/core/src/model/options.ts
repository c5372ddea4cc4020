import type { Duration } from './duration.ts'
import type { Scenario, Stage } from './scenario.ts'

/**
 * A threshold: an aggregation, a comparison and a bound, which without a unit is ms or a share.
 * `over` asks for it in every window of that length. Trends have `avg min med max p(N) count`, rates
 * `rate passes fails`, counters `count rate`, gauges `value min max`.
 * @example 'p(95)<550'
 * @example 'p(99)<1.5s over 30s'
 * @example 'rate<1%'
 */
export type Threshold =
  | string
  | {
      /**
       * The expression. Must be given.
       * @example 'p(95)<550'
       */
      readonly threshold: string
      /**
       * Ends the run as soon as the threshold fails.
       * @default false
       * @example true
       */
      readonly abortOnFail?: boolean
      /**
       * How long `abortOnFail` waits, from the start of the run: ms, or text.
       * @default 0
       * @example '10s'
       */
      readonly delayAbortEval?: Duration
      /**
       * What a metric without a single value means.
       * @default 'fail'
       * @example 'pass'
       */
      readonly noData?: 'fail' | 'pass'
    }

/** Bounds a request must meet to count as good; see `goodput`. In ms, or a duration. */
export interface Slo {
  /**
   * Time to the first token, of reasoning too: at most so many ms, or text.
   * @default no bound
   * @example '1s'
   */
  readonly ttft?: Duration
  /**
   * Time to the first token of the answer, after the reasoning: at most so many ms, or text.
   * @default no bound
   * @example '2s'
   */
  readonly ttfat?: Duration
  /**
   * Time per output token after the first one: at most so many ms, or text.
   * @default no bound
   * @example 50
   */
  readonly tpot?: Duration
  /**
   * From the request to the last token: at most so many ms, or text.
   * @default no bound
   * @example '20s'
   */
  readonly e2e_latency?: Duration
  /**
   * From the request to the end of the response: at most so many ms, or text.
   * @default no bound
   * @example '20s'
   */
  readonly request_duration?: Duration
}

/** Prices per million tokens, for the metric `cost`. */
export interface Pricing {
  /**
   * Price of a million input tokens.
   * @default 0
   * @example 0.15
   */
  readonly input?: number
  /**
   * Price of a million output tokens.
   * @default 0
   * @example 0.6
   */
  readonly output?: number
  /**
   * Price of a million input tokens that came from a cache.
   * @default input
   * @example 0.075
   */
  readonly cached?: number
  /**
   * Shown with the amount in the report.
   * @default 'USD'
   * @example 'EUR'
   */
  readonly currency?: string
}

/** What `export const options` may hold. */
export interface Options {
  /**
   * Loads by name, each with an executor that says how its iterations come. They run side by side. In place of the
   * shortcuts `vus`, `duration`, `iterations` and `stages`, never beside them.
   * @default one iteration of one VU
   * @example { steady: { executor: 'constant-vus', vus: 20, duration: '5m' } }
   */
  readonly scenarios?: Readonly<Record<string, Scenario>>
  /**
   * Shortcut: virtual users of the scenario made from `duration`, `iterations` or `stages`.
   * @default 1
   * @example 10
   */
  readonly vus?: number
  /**
   * Shortcut for one `constant-vus` scenario of so many ms, or text.
   * @default none
   * @example '30s'
   */
  readonly duration?: Duration
  /**
   * Shortcut for one `shared-iterations` scenario: iterations in total.
   * @default none
   * @example 100
   */
  readonly iterations?: number
  /**
   * Shortcut for one `ramping-vus` scenario: the ramp, leg by leg.
   * @default none
   * @example [{ duration: '1m', target: 50 }, { duration: '30s', target: 0 }]
   */
  readonly stages?: readonly Stage[]
  /**
   * What must hold, by metric, with tags in braces. One that fails makes the exit code 99; a metric without data fails.
   * @default {}
   * @example { ttft: ['p(95)<550'], 'request_failed{scenario:spike}': ['rate<1%'] }
   */
  readonly thresholds?: Readonly<Record<string, Threshold | readonly Threshold[]>>
  /**
   * Bounds a request must meet to count as good; `goodput` is the share of good ones.
   * @default {}
   * @example { ttft: '1s', tpot: 50 }
   */
  readonly slo?: Slo
  /**
   * Prices per million tokens, for the metric `cost`.
   * @default none: no `cost`
   * @example { input: 0.15, output: 0.6 }
   */
  readonly pricing?: Pricing
  /**
   * Tags of every sample of the run.
   * @default {}
   * @example { build: '42' }
   */
  readonly tags?: Readonly<Record<string, string>>
  /**
   * Columns of trends in the summary: `avg min med max count`, and `p(N)` with any N from 0 to 100.
   * @default ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)']
   * @example ['med', 'p(95)', 'p(99.9)']
   */
  readonly summaryTrendStats?: readonly string[]
  /**
   * Tags by whose values the results are shown apart too.
   * @default []
   * @example ['model', 'turn']
   */
  readonly by?: readonly string[]
  /**
   * How long `setup()` may take: ms, or text.
   * @default '60s'
   * @example '5m'
   */
  readonly setupTimeout?: Duration
  /**
   * How long `teardown()` may take: ms, or text.
   * @default '60s'
   * @example '5m'
   */
  readonly teardownTimeout?: Duration
  /**
   * How long `handleSummary()` may take: ms, or text.
   * @default '120s'
   * @example '5m'
   */
  readonly handleSummaryTimeout?: Duration
  /**
   * How long iterations that run at a scenario's end may still take, where the scenario does not say: ms, or text.
   * @default '30s'
   * @example '2m'
   */
  readonly gracefulStop?: Duration
  /**
   * Beginning of the run that is not measured: what starts within is in no metric and no threshold, and its time is in
   * no rate; a scenario may have one of its own: ms, or text.
   * @default 0
   * @example '30s'
   */
  readonly warmup?: Duration
  /**
   * Shortest time of a whole iteration, in ms or text; the VU waits for the rest of it. Where answers take
   * longer, only iterations that failed at once wait.
   * @default 0
   * @example '500ms'
   */
  readonly minIterationDuration?: Duration
  /**
   * Skips `setup()`.
   * @default false
   * @example true
   */
  readonly noSetup?: boolean
  /**
   * Skips `teardown()`.
   * @default false
   * @example true
   */
  readonly noTeardown?: boolean
  /**
   * Worker threads that share the load.
   * @default cores − 1, at least 1
   * @example 4
   */
  readonly workers?: number
  /**
   * Seed of random arrivals and of `randomItem`: the same one gives the same run. A whole number.
   * @default 1
   * @example 7
   */
  readonly seed?: number
  /**
   * Most requests in the sample files of a run, a line each: a number, `'all'` or `'none'`. Beyond half of it they
   * hold a part of the requests; metrics count all of them.
   * @default 1_000_000
   * @example 'all'
   */
  readonly samples?: number | 'all' | 'none'
}
