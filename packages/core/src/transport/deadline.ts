import { now, type Millis } from '../model/clock.ts'
import type { TimeoutPhase } from '../model/failure.ts'

/** Timer slack below which a deadline counts as reached. */
const SLACK: Millis = 1

/** Deadlines of an exchange, every phase in ms. */
export interface PhaseLimits {
  readonly connect: Millis
  readonly headers: Millis
  readonly firstToken: Millis
  readonly betweenTokens: Millis
  readonly total: Millis
}

/**
 * Watches the deadlines of one exchange with one timer. Moving a deadline further away, as every
 * token does, costs an assignment: the timer finds out when it fires and goes back to sleep.
 */
export class Deadline {
  readonly #expired: (phase: TimeoutPhase) => void
  readonly #endsAt: Millis
  #phase: TimeoutPhase = 'connect'
  #dueAt: Millis
  #armedFor = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(startedAt: Millis, limits: PhaseLimits, expired: (phase: TimeoutPhase) => void) {
    this.#expired = expired
    this.#endsAt = startedAt + limits.total
    this.#dueAt = startedAt + limits.connect
    this.#arm(startedAt)
  }

  /** The phase now running and when it is over. */
  set(phase: TimeoutPhase, dueAt: Millis): void {
    this.#phase = phase
    this.#dueAt = dueAt
    if (dueAt < this.#armedFor - SLACK) this.#arm(now())
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#armedFor = Number.NEGATIVE_INFINITY
  }

  #arm(at: Millis): void {
    clearTimeout(this.#timer)
    this.#armedFor = Math.min(this.#dueAt, this.#endsAt)
    // Node turns a delay over 2^31-1 ms into 1 ms.
    const delay = Math.min(Math.max(0, this.#armedFor - at), 0x7fff_ffff)
    this.#timer = setTimeout(() => this.#fire(), Math.ceil(delay))
  }

  #fire(): void {
    const at = now()
    if (at >= this.#endsAt - SLACK) this.#expired('total')
    else if (at >= this.#dueAt - SLACK) this.#expired(this.#phase)
    else this.#arm(at)
  }
}
