/** What one load at one rate came to. */
export interface Trial {
  readonly rate: number
  /** Everything due was started, nothing was dropped, nothing failed. */
  readonly delivered: boolean
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly tokensPerSecond: number
  /** Cores used, the median second. */
  readonly generator: number
  /** Cores used, the mean. */
  readonly server: number
}

/** The highest rate found that is good, and the lowest found above it that is not. */
export interface Found {
  readonly good: Trial | undefined
  readonly above: Trial | undefined
}

export interface Search {
  readonly from: number
  /** Nothing higher is tried. */
  readonly upTo: number
  /** The two found are at most this share apart. */
  readonly resolution: number
  /** A rate is good if one of so many trials is: what the machine does to a trial is no limit of loadbench. */
  readonly tries: number
}

/** Searches highest rates by doubling, then by halving; remembers its trials for the next question. */
export class RateSearch {
  readonly #trials = new Map<number, Trial[]>()
  readonly #carryOut: (rate: number) => Promise<Trial>
  readonly #search: Search

  constructor(carryOut: (rate: number) => Promise<Trial>, search: Search) {
    this.#carryOut = carryOut
    this.#search = search
  }

  async highest(isGood: (trial: Trial) => boolean): Promise<Found> {
    const { from, upTo, resolution } = this.#search
    let good: Trial | undefined
    let above: Trial | undefined
    // oxlint-disable no-await-in-loop -- each trial depends on the one before
    for (let rate = from; above === undefined && rate <= upTo; rate *= 2) {
      const trial = await this.#at(rate, isGood)
      if (isGood(trial)) good = trial
      else above = trial
    }
    while (good !== undefined && above !== undefined) {
      const middle = Math.round((good.rate + above.rate) / 2)
      if (above.rate / good.rate <= 1 + resolution || middle === good.rate || middle === above.rate) break
      const trial = await this.#at(middle, isGood)
      if (isGood(trial)) good = trial
      else above = trial
    }
    // oxlint-enable no-await-in-loop
    return { good, above }
  }

  /** @returns the first good trial at a rate, else the last. */
  async #at(rate: number, isGood: (trial: Trial) => boolean): Promise<Trial> {
    const trials = this.#trials.get(rate) ?? []
    this.#trials.set(rate, trials)
    let found = trials.find(isGood)
    while (found === undefined && trials.length < this.#search.tries) {
      // oxlint-disable-next-line no-await-in-loop -- one load at a time
      const trial = await this.#carryOut(rate)
      trials.push(trial)
      if (isGood(trial)) found = trial
    }
    const last = found ?? trials.at(-1)
    if (last === undefined) throw new Error('a rate needs at least one try')
    return last
  }
}
