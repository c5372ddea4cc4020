import type { Ask } from './answer.ts'
import type { Millis } from './clock.ts'

/** A model in memory. */
export interface LoadedModel {
  readonly name: string
  /** When it goes, on the shared clock; `Infinity` while it is in use, or where it is to stay. */
  readonly until: Millis
}

interface Place {
  /** When it is loaded. */
  readonly ready: Millis
  users: number
  /** When it goes if nobody uses it. */
  until: Millis
}

/** The memory of a server that loads a model when it is first asked for, and forgets it after a while. */
export class Memory {
  readonly #places = new Map<string, Place>()

  /** Takes a model into use for a request that is answered from `at` on. @returns how long it still loads */
  use(model: string, { keepAlive, promptTokens }: Ask, at: Millis, loadTime: Millis): Millis {
    this.#forget(at)
    const known = this.#places.get(model)
    // Asked for nothing but to let go, it is not loaded for that.
    const takes = keepAlive === 0 && promptTokens === 0 ? 0 : loadTime
    const place = known ?? { ready: at + takes, users: 0, until: Infinity }
    if (known === undefined) this.#places.set(model, place)
    place.users++
    return Math.max(0, place.ready - at)
  }

  /** A request is done with it. */
  release(model: string, { keepAlive = Infinity }: Ask, at: Millis): void {
    const place = this.#places.get(model)
    if (place === undefined) return
    place.users--
    place.until = at + keepAlive
  }

  list(at: Millis): readonly LoadedModel[] {
    this.#forget(at)
    return [...this.#places].map(([name, { users, until }]) => ({
      name,
      until: users > 0 ? Infinity : until,
    }))
  }

  #forget(at: Millis): void {
    for (const [name, { users, until }] of this.#places)
      if (users === 0 && until <= at) this.#places.delete(name)
  }
}
