import { TrendHistogram } from './histogram.ts'

/**
 * One histogram in which encoded ones are added up, by turns for many owners: in memory a histogram
 * takes 190 kB, encoded a few bytes for each different value.
 */
export class HistogramAdder {
  readonly #histogram = new TrendHistogram()
  #owner: object | undefined

  /**
   * The sum of `parts`. It stays as it is, and is free for the same owner, until another owner's
   * turn or `forget`.
   */
  add(owner: object, parts: readonly Uint8Array[]): TrendHistogram {
    if (this.#owner === owner) return this.#histogram
    this.#owner = undefined
    this.#histogram.reset()
    for (const part of parts) this.#histogram.merge(part)
    this.#owner = owner
    return this.#histogram
  }

  /** To be called when the parts of `owner` change. */
  forget(owner: object): void {
    if (this.#owner === owner) this.#owner = undefined
  }
}
