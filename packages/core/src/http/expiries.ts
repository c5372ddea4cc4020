import { now, type Millis } from '../model/clock.ts'

/** Something that has so much time, and is told when it is over. */
export interface Expiring {
  expire(): void
}

/** Node turns a longer delay into none at all. */
const LONGEST_DELAY = 0x7fff_ffff
/** Timer slack below which a time counts as over. */
const SLACK: Millis = 1

/**
 * Requests with the same timeout: they expire in the order they began, so one timer does for all of them.
 * With a timer each, half a dozen of calls into Node and its async hooks would be made for every request.
 */
class Expiries {
  readonly #timeout: Millis
  /** When each expires, the first first. */
  readonly #dueAt = new Map<Expiring, Millis>()
  #timer: NodeJS.Timeout | undefined

  constructor(timeout: Millis) {
    this.#timeout = timeout
  }

  add(one: Expiring): void {
    this.#dueAt.set(one, now() + this.#timeout)
    if (this.#timer === undefined) this.#arm(this.#timeout)
  }

  delete(one: Expiring): void {
    this.#dueAt.delete(one)
    // Nothing may keep a process that is done.
    if (this.#dueAt.size === 0) this.#disarm()
  }

  #fire(): void {
    try {
      this.#expireUntil(now() + SLACK)
    } finally {
      this.#disarm()
      const [next] = this.#dueAt.values()
      if (next !== undefined) this.#arm(next - now())
    }
  }

  #expireUntil(at: Millis): void {
    for (const [one, dueAt] of this.#dueAt) {
      if (dueAt > at) return
      this.#dueAt.delete(one)
      one.expire()
    }
  }

  #arm(delay: Millis): void {
    this.#timer = setTimeout(() => this.#fire(), Math.min(Math.max(0, Math.ceil(delay)), LONGEST_DELAY))
  }

  #disarm(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

const byTimeout = new Map<Millis, Expiries>()
/** A script that gives each request another timeout. */
const MOST_TIMEOUTS = 1_000

/** Those with this timeout, in this thread. */
export function expiriesAfter(timeout: Millis): Pick<Expiries, 'add' | 'delete'> {
  let expiries = byTimeout.get(timeout)
  if (expiries === undefined) {
    if (byTimeout.size >= MOST_TIMEOUTS) byTimeout.clear()
    byTimeout.set(timeout, (expiries = new Expiries(timeout)))
  }
  return expiries
}
