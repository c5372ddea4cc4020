/** Something in progress that the end of the run, or of a VU, can cut off. */
export interface Interruptible {
  interrupt(): void
}

/** What of a VU is in progress: calls and sleeps, awaited or not. */
export class Running implements Iterable<Interruptible> {
  readonly #set = new Set<Interruptible>()
  readonly #onAdd: () => void
  #empty: (() => void) | undefined

  /** @param onAdd told of each thing that begins, before it does. */
  constructor(onAdd: () => void = () => undefined) {
    this.#onAdd = onAdd
  }

  add(one: Interruptible): void {
    this.#onAdd()
    this.#set.add(one)
  }

  delete(one: Interruptible): void {
    this.#set.delete(one)
    if (this.#set.size > 0) return
    const empty = this.#empty
    this.#empty = undefined
    empty?.()
  }

  get size(): number {
    return this.#set.size
  }

  /** Calls `work` once nothing is in progress any more: at once, where nothing is. */
  whenEmpty(work: () => void): void {
    if (this.#set.size === 0) work()
    else this.#empty = work
  }

  [Symbol.iterator](): Iterator<Interruptible> {
    return [...this.#set][Symbol.iterator]()
  }
}

/**
 * What an interrupted call or sleep gives back: a promise that never settles. The code that waits for
 * it is abandoned; told of the end, it could try again, or take it for the server's answer.
 */
export function abandoned(): Promise<never> {
  return new Promise(() => undefined)
}
