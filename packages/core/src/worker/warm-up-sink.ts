import type { Millis } from '../model/clock.ts'
import type { ExchangeSample } from '../model/exchange.ts'
import { builtIn, type MetricDefinition } from '../model/metric.ts'
import type { SampleSink } from '../model/sink.ts'
import type { Tags } from '../model/tags.ts'

/** What is counted in place of a metric, so that it can be said how much was left out. */
const INSTEAD: Readonly<Record<string, MetricDefinition>> = {
  iterations: builtIn('warmup_iterations'),
  http_reqs: builtIn('warmup_requests'),
}

/**
 * Where iterations record that begin within the warm-up: they and what they record leave no value, but an
 * exchange that begins after it is measured like any other.
 */
export class WarmUpSink implements SampleSink {
  readonly #sink: SampleSink
  readonly #until: Millis
  readonly #tags: Tags

  /** @param until the end of the warm-up on the shared clock. @param tags of the scenario. */
  constructor(sink: SampleSink, until: Millis, tags: Tags) {
    this.#sink = sink
    this.#until = until
    this.#tags = tags
  }

  add(metric: MetricDefinition, value: number, _tags: Tags): void {
    const instead = INSTEAD[metric.name]
    if (instead !== undefined) this.#sink.add(instead, value, this.#tags)
  }

  exchange(sample: ExchangeSample, scope: Tags): void {
    const early = sample.stamps.startedAt < this.#until
    this.#sink.exchange(early ? { ...sample, warmup: true } : sample, scope)
  }

  noNumber(): void {}

  failure(): void {}

  checkFailed(): void {}

  stream(change: 1 | -1): void {
    this.#sink.stream(change)
  }
}
