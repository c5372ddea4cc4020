import type { ExchangeSample } from './exchange.ts'
import type { Failure } from './failure.ts'
import type { MetricDefinition } from './metric.ts'
import type { Tags } from './tags.ts'

/**
 * Where what happens in a script is recorded. The authoring API and the client know only this; a
 * worker's recorder stands behind it during a run, nothing does outside of one.
 */
export interface SampleSink {
  /** One value of a metric. Rates take 1 or 0. */
  add(metric: MetricDefinition, value: number, tags: Tags): void
  /** A script gave its metric what is no finite number: it is left out, and counted. */
  noNumber(metric: string): void
  /** One ended exchange. `scope` holds the tags of scenario and group. */
  exchange(sample: ExchangeSample, scope: Tags): void
  /** A failure of something that is no exchange, for the list of errors. */
  failure(failure: Failure, scope: Tags): void
  /** A check did not hold for `value`. Its rate goes the way of `add`; this is for an example. */
  checkFailed(name: string, value: unknown): void
  /** An exchange starts or ends; the difference is `concurrent_streams`. */
  stream(change: 1 | -1): void
}
