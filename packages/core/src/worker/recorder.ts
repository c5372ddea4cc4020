import type { ExchangeSample } from '../model/exchange.ts'
import type { Failure } from '../model/failure.ts'
import type { MetricDefinition } from '../model/metric.ts'
import type { PricingPlan, SloPlan } from '../model/plan.ts'
import type { SampleSink } from '../model/sink.ts'
import type { ErrorDelta, SeriesDelta } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { SeriesTable } from '../metrics/series-table.ts'
import { fold } from './fold.ts'

/** Two counts of the same tokens that differ by more than this share are worth a word. */
const TOKEN_MISMATCH = 0.1

/** Receives every exchange with all its tags, also those too many to tell series apart, for the sample file. */
export interface SampleWriter {
  write(sample: ExchangeSample, tags: Tags): void
}

/** What a recorder gathered in one interval. */
export interface Recorded {
  readonly series: readonly SeriesDelta[]
  readonly errors: readonly ErrorDelta[]
  readonly foldedTagSets: number
  readonly notes: Readonly<Record<string, number>>
  readonly contentFrames: number
  readonly coalescedFrames: number
}

/** Folds what happens on one worker into series, where it happens. */
export class Recorder implements SampleSink {
  readonly #table = new SeriesTable()
  readonly #slo: SloPlan
  readonly #pricing: PricingPlan | undefined
  readonly #samples: SampleWriter | undefined
  #errors = new Map<string, { class: Failure['class']; scenario: string; count: number; example: Failure }>()
  #contentFrames = 0
  #coalescedFrames = 0
  #tokenMismatches = 0
  #streams = 0

  constructor(slo: SloPlan, pricing: PricingPlan | undefined, samples: SampleWriter | undefined) {
    this.#slo = slo
    this.#pricing = pricing
    this.#samples = samples
  }

  /** Exchanges under way. */
  get streams(): number {
    return this.#streams
  }

  add(metric: MetricDefinition, value: number, tags: Tags): void {
    this.#table.add(metric, value, tags)
  }

  exchange(sample: ExchangeSample, scope: Tags): void {
    const tags = this.#table.tagSets.root.withAll(scope).withAll(sample.tags)
    fold(sample, this.#slo, this.#pricing, (metric, value, tag) => {
      this.#table.add(metric, value, tag === undefined ? tags : tags.with(tag[0], tag[1]))
    })
    this.#contentFrames += sample.chunks
    this.#coalescedFrames += sample.coalesced
    const { usage, countedTokens = 0 } = sample
    if (countedTokens > 0 && usage.outputTokens !== undefined) {
      const difference = Math.abs(countedTokens - usage.outputTokens)
      if (difference > TOKEN_MISMATCH * usage.outputTokens) this.#tokenMismatches += 1
    }
    if (sample.failure !== undefined) this.#noteError(sample.failure, scope['scenario'] ?? '')
    this.#samples?.write(sample, { ...scope, ...sample.tags })
  }

  stream(change: 1 | -1): void {
    this.#streams += change
  }

  /** Gives what was gathered since the last call, and forgets it. */
  drain(): Recorded {
    const { series, folded } = this.#table.drain()
    const recorded: Recorded = {
      series,
      errors: [...this.#errors.values()],
      foldedTagSets: folded,
      notes: this.#tokenMismatches === 0 ? {} : { 'token-mismatch': this.#tokenMismatches },
      contentFrames: this.#contentFrames,
      coalescedFrames: this.#coalescedFrames,
    }
    this.#errors = new Map()
    this.#contentFrames = 0
    this.#coalescedFrames = 0
    this.#tokenMismatches = 0
    return recorded
  }

  /** Grouped by class, so that a hundred thousand different messages take the room of one. */
  #noteError(failure: Failure, scenario: string): void {
    const key = `${failure.class} ${failure.phase ?? failure.fault ?? ''} ${scenario}`
    const known = this.#errors.get(key)
    if (known === undefined)
      this.#errors.set(key, { class: failure.class, scenario, count: 1, example: failure })
    else known.count += 1
  }
}
