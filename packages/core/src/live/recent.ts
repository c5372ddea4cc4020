/** The last values of a row, of which one comes each second. */
export class Recent<T> {
  readonly #most: number
  readonly #values: T[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(value: T): void {
    this.#values.push(value)
    if (this.#values.length > this.#most) this.#values.shift()
  }

  /** The latest last. */
  get values(): readonly T[] {
    return this.#values
  }
}
