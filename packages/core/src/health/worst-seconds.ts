/** A value and the second of the run it comes from. */
export interface AtSecond {
  readonly value: number
  readonly second: number
}

/** Seconds that may be bad before a figure counts: a hundredth of the run, which p99 is made of, at most a minute. */
const ALLOWED_SHARE = 0.01
const MAX_ALLOWED = 60

/** The worst seconds of a figure, as many as the question after them can need. */
export class WorstSeconds {
  /** Worst first. */
  readonly #worst: AtSecond[] = []
  #seconds = 0

  add(value: number, second: number): void {
    this.#seconds++
    const place = this.#worst.findIndex((one) => value > one.value)
    this.#worst.splice(place < 0 ? this.#worst.length : place, 0, { value, second })
    if (this.#worst.length > MAX_ALLOWED + 1) this.#worst.pop()
  }

  /** The worst second beyond those that are allowed. */
  get beyondAllowed(): AtSecond | undefined {
    return this.#worst[Math.min(Math.floor(this.#seconds * ALLOWED_SHARE), MAX_ALLOWED)]
  }
}
