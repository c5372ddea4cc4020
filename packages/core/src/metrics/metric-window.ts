import type { Millis } from '../model/clock.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { matches, type Tags } from '../model/tags.ts'
import { aggregateFor, type Aggregate } from './aggregate.ts'

/** Pieces a window is kept in at most: longer windows move in steps of more than a second. */
const MAX_PIECES = 120

/** What came in one step of a window. */
interface Piece {
  readonly step: number
  from: Millis
  to: Millis
  aggregate: Aggregate | undefined
}

/**
 * A part of a metric over the last seconds of the run. Windows of up to two minutes move by the
 * second; longer ones in steps of a 120th of their length, so that memory and work stay bounded.
 */
export class MetricWindow {
  readonly #metric: string
  readonly #selector: Tags
  readonly #seconds: number
  readonly #stepSeconds: number
  #pieces: Piece[] = []
  #firstSecond = Infinity
  #latestSecond = -1

  /** @param length of the window, rounded up to whole seconds. */
  constructor(metric: string, selector: Tags, length: Millis) {
    this.#metric = metric
    this.#selector = selector
    this.#seconds = Math.max(1, Math.ceil(length / 1_000))
    this.#stepSeconds = Math.ceil(this.#seconds / MAX_PIECES)
  }

  /** Whether the run has been observed for as long as the window is. */
  get full(): boolean {
    return this.#latestSecond - this.#firstSecond + 1 >= this.#seconds
  }

  /** Takes in a snapshot, each once; what is older than the window by then is left out. */
  observe(snapshot: Snapshot): void {
    this.#firstSecond = Math.min(this.#firstSecond, Math.floor(snapshot.from / 1_000))
    this.#latestSecond = Math.max(this.#latestSecond, snapshot.second)
    const piece = this.#pieceOf(snapshot)
    for (const delta of snapshot.series) {
      if (delta.metric !== this.#metric || !matches(delta.tags, this.#selector)) continue
      piece.aggregate ??= aggregateFor(delta)
      piece.aggregate.merge(delta, snapshot)
    }
    const oldest = this.#step(this.#latestSecond) - Math.ceil(this.#seconds / this.#stepSeconds) + 1
    this.#pieces = this.#pieces.filter(({ step }) => step >= oldest)
  }

  #pieceOf({ second, from, to }: Snapshot): Piece {
    const step = this.#step(second)
    const known = this.#pieces.find((piece) => piece.step === step)
    if (known === undefined) {
      const piece: Piece = { step, from, to, aggregate: undefined }
      this.#pieces.push(piece)
      return piece
    }
    known.from = Math.min(known.from, from)
    known.to = Math.max(known.to, to)
    return known
  }

  #step(second: number): number {
    return Math.floor(second / this.#stepSeconds)
  }

  /** The value over the window, or over the run where that is shorter; see `Aggregate`. */
  value(aggregation: string): number | undefined {
    let whole: Aggregate | undefined
    let from = Infinity
    let to = 0
    for (const piece of this.#pieces) {
      from = Math.min(from, piece.from)
      to = Math.max(to, piece.to)
      if (piece.aggregate === undefined) continue
      whole ??= piece.aggregate.empty()
      whole.absorb(piece.aggregate)
    }
    return whole?.value(aggregation, to - from)
  }
}
