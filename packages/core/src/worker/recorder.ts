import { now, type Millis } from '../model/clock.ts'
import type { ExchangeSample } from '../model/exchange.ts'
import type { Failure } from '../model/failure.ts'
import { builtIn, type MetricDefinition } from '../model/metric.ts'
import type { PricingPlan, SloPlan } from '../model/plan.ts'
import type { SampleSink } from '../model/sink.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Tags } from '../model/tags.ts'
import { SeriesTable } from '../metrics/series-table.ts'
import { CheckLog } from './check-log.ts'
import { ErrorLog } from './error-log.ts'
import { fold } from './fold.ts'
import { SlowLog } from './slow-log.ts'
import { WarningLog } from './warning-log.ts'

const WARM_UP_REQUESTS = builtIn('warmup_requests')

/** Two counts of the same tokens that differ by more than this share are worth a word. */
const TOKEN_MISMATCH = 0.1

/** Receives every exchange with all its tags, also those too many to tell series apart, for the sample file. */
export interface SampleWriter {
  /** @returns `false` for one that is left out because there are many. */
  write(sample: ExchangeSample, tags: Tags): boolean
}

/** What of a snapshot comes from the recorder alone. */
type Gathered = 'series' | 'errors' | 'foldedTagSets' | 'notes' | 'warnings' | 'slowest' | 'failedChecks'

/** What a recorder gathered in one interval. */
export interface Recorded extends Pick<Snapshot, Gathered> {
  readonly contentFrames: number
  readonly coalescedFrames: number
}

/** Folds what happens on one worker into series, where it happens. */
export class Recorder implements SampleSink {
  readonly #table = new SeriesTable()
  readonly #slo: SloPlan
  readonly #pricing: PricingPlan | undefined
  readonly #samples: SampleWriter | undefined
  readonly #errors: ErrorLog
  readonly #slow = new SlowLog()
  readonly #checks = new CheckLog()
  readonly #warnings = new WarningLog()
  #contentFrames = 0
  #coalescedFrames = 0
  readonly #notes = new Map<string, number>()
  #streams = 0
  #startedAt: Millis | undefined

  /** @param by tags besides `scenario` whose values errors are told apart by. */
  constructor(
    slo: SloPlan,
    pricing: PricingPlan | undefined,
    samples: SampleWriter | undefined,
    by: readonly string[] = [],
  ) {
    this.#errors = new ErrorLog(by)
    this.#slo = slo
    this.#pricing = pricing
    this.#samples = samples
  }

  /** Times of examples count from here; what came before has the time 0. */
  begin(startedAt: Millis): void {
    this.#startedAt = startedAt
  }

  /** Exchanges under way. */
  get streams(): number {
    return this.#streams
  }

  /** Of the exchanges that ended since the last `drain`. */
  get frames(): Pick<Recorded, 'contentFrames' | 'coalescedFrames'> {
    return { contentFrames: this.#contentFrames, coalescedFrames: this.#coalescedFrames }
  }

  add(metric: MetricDefinition, value: number, tags: Tags): void {
    this.#table.add(metric, value, tags)
  }

  noNumber(metric: string): void {
    this.#note(`no-number ${metric}`)
  }

  #note(name: string): void {
    this.#notes.set(name, (this.#notes.get(name) ?? 0) + 1)
  }

  exchange(sample: ExchangeSample, scope: Tags): void {
    if (this.#samples?.write(sample, { ...scope, ...sample.tags }) === false) this.#note('unsampled')
    if (sample.warmup === true) this.add(WARM_UP_REQUESTS, 1, scope)
    else this.#measure(sample, scope)
  }

  #measure(sample: ExchangeSample, scope: Tags): void {
    const tags = this.#table.tagSets.of(scope).withAll(sample.tags)
    fold(sample, this.#slo, this.#pricing, (metric, value, tag) => {
      this.#table.add(metric, value, tag === undefined ? tags : tags.with(tag[0], tag[1]))
    })
    this.#contentFrames += sample.chunks
    this.#coalescedFrames += sample.coalesced
    const { usage, countedTokens = 0 } = sample
    if (countedTokens > 0 && usage.outputTokens !== undefined) {
      const difference = Math.abs(countedTokens - usage.outputTokens)
      if (difference > TOKEN_MISMATCH * usage.outputTokens) this.#note('token-mismatch')
    }
    this.#noteExamples(sample, scope)
    for (const warning of sample.warnings) this.#warnings.note(warning, sample.tags['provider'] ?? '')
  }

  failure(failure: Failure, scope: Tags): void {
    const at = this.#since(now()) / 1_000
    this.#errors.note(failure, { scenario: scope['scenario'] ?? '', at, id: '' }, scope)
  }

  checkFailed(name: string, value: unknown): void {
    this.#checks.note(name, value)
  }

  stream(change: 1 | -1): void {
    this.#streams += change
  }

  /** Gives what was gathered since the last call, and forgets it. */
  drain(): Recorded {
    const { series, folded } = this.#table.drain()
    const recorded: Recorded = {
      series,
      errors: this.#errors.drain(),
      foldedTagSets: folded,
      notes: Object.fromEntries(this.#notes),
      warnings: this.#warnings.drain(),
      slowest: this.#slow.drain(),
      failedChecks: this.#checks.drain(),
      contentFrames: this.#contentFrames,
      coalescedFrames: this.#coalescedFrames,
    }
    this.#contentFrames = 0
    this.#coalescedFrames = 0
    this.#notes.clear()
    return recorded
  }

  #noteExamples(sample: ExchangeSample, scope: Tags): void {
    const { id, failure, stamps, tags } = sample
    this.#slow.note(sample, this.#since(stamps.startedAt), () => ({ ...scope, ...tags }))
    if (failure === undefined) return
    const at = this.#since(stamps.endedAt) / 1_000
    this.#errors.note(failure, { scenario: scope['scenario'] ?? '', at, id }, { ...scope, ...tags })
  }

  /** Whole ms. */
  #since(at: Millis): Millis {
    return this.#startedAt === undefined ? 0 : Math.max(0, Math.round(at - this.#startedAt))
  }
}
