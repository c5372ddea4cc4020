/** Gives a place back, whether it was waiting for its turn or held a slot. Safe to call twice. */
export type Leave = () => void

/** So many requests are answered at a time; the others wait in the order in which they came. */
export class Slots {
  readonly #size: number
  readonly #queueLimit: number
  readonly #waiting = new Set<() => void>()
  readonly #held = new Set<() => void>()

  constructor(size: number, queueLimit: number) {
    this.#size = size
    this.#queueLimit = queueLimit
  }

  /** Requests that wait for a slot. */
  get queued(): number {
    return this.#waiting.size
  }

  /** Requests that hold one. */
  get held(): number {
    return this.#held.size
  }

  /**
   * Calls `begin` at once where a slot is free, otherwise when the turn comes (`waited`).
   * @returns how to give the place back; `undefined` where the queue is full
   */
  take(begin: (waited: boolean) => void): Leave | undefined {
    const free = this.#held.size < this.#size
    if (!free && this.#waiting.size >= this.#queueLimit) return undefined
    const place = (): void => begin(!free)
    this.#waiting.add(place)
    this.#admit()
    return () => {
      this.#waiting.delete(place)
      if (this.#held.delete(place)) this.#admit()
    }
  }

  #admit(): void {
    for (const place of this.#waiting) {
      if (this.#held.size >= this.#size) return
      this.#waiting.delete(place)
      this.#held.add(place)
      place()
    }
  }
}
