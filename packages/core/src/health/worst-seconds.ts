/** A value and the second of the run it comes from. */
export interface AtSecond {
  readonly value: number
  readonly second: number
}

/**
 * Seconds that may be bad before a figure counts: a twentieth of the run, at least one and at most
 * sixty. A program's first second compiles code, and any machine pauses now and then; a bad minute
 * is a bad minute however long the run.
 */
const ALLOWED_SHARE = 0.05
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

  /** The worst second of all. */
  get worst(): AtSecond | undefined {
    return this.#worst[0]
  }

  /** The worst second beyond those that are allowed; none in a run of one second. */
  get beyondAllowed(): AtSecond | undefined {
    const allowed = Math.min(Math.max(1, Math.floor(this.#seconds * ALLOWED_SHARE)), MAX_ALLOWED)
    return this.#worst[allowed]
  }
}
