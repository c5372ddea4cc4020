import type { Millis } from '../../model/clock.ts'
import type { TickerClock } from '../ticker.ts'

interface Waiting {
  readonly at: Millis
  readonly work: () => void
}

/** A clock that only moves when it is told to; what it wakes runs at exactly its time. */
export class VirtualClock implements TickerClock {
  #now: Millis
  #waiting: Waiting[] = []

  constructor(start: Millis = 0) {
    this.#now = start
  }

  now(): Millis {
    return this.#now
  }

  wake(at: Millis, work: () => void): () => void {
    const waiting = { at, work }
    this.#waiting.push(waiting)
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiting)
    }
  }

  /** Moves to `to`, waking what is due on the way; lets promises settle after each. */
  async advance(to: Millis): Promise<void> {
    for (;;) {
      const [next] = this.#waiting.toSorted((a, b) => a.at - b.at)
      if (next === undefined || next.at > to) break
      this.#waiting = this.#waiting.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.work()
      await settled()
    }
    this.#now = to
    await settled()
  }

  /** Jumps to `to` as a blocked event loop does: what became due meanwhile is late. */
  async block(to: Millis): Promise<void> {
    this.#now = to
    await this.advance(to)
  }
}

/** Lets promise callbacks and immediates run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve))
  })
}
