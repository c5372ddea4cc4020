import { now, type Millis } from '../model/clock.ts'
import type { Failure, TimeoutPhase } from '../model/failure.ts'

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

const WAITED_FOR: Readonly<Record<TimeoutPhase, readonly [keyof PhaseLimits, string]>> = {
  connect: ['connect', 'connection'],
  headers: ['headers', 'response headers'],
  'first-token': ['firstToken', 'first token'],
  'between-tokens': ['betweenTokens', 'further token'],
  total: ['total', 'end of the answer'],
}

/**
 * Watches the deadlines of one exchange with one timer: that of the present phase, that of the first
 * token, which counts from the start whatever the phase, and that of the whole. Moving a deadline
 * further away, as every token does, costs an assignment: the timer finds out when it fires and goes
 * back to sleep.
 */
export class Deadline {
  readonly #limits: PhaseLimits
  readonly #expired: (failure: Failure) => void
  readonly #endsAt: Millis
  #firstTokenDue: Millis
  #phase: TimeoutPhase = 'connect'
  #dueAt: Millis
  #armedFor = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  /** @param expired called with the failure, at most once. */
  constructor(startedAt: Millis, limits: PhaseLimits, expired: (failure: Failure) => void) {
    this.#limits = limits
    this.#expired = expired
    this.#endsAt = startedAt + limits.total
    this.#firstTokenDue = startedAt + limits.firstToken
    this.#dueAt = startedAt + limits.connect
    this.#arm(startedAt)
  }

  /** The phase now running, and when its own time is over: never for `first-token`, see above. */
  set(phase: TimeoutPhase, dueAt = Number.POSITIVE_INFINITY): void {
    if (phase === 'between-tokens') this.#firstTokenDue = Number.POSITIVE_INFINITY
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
    this.#armedFor = Math.min(this.#dueAt, this.#firstTokenDue, this.#endsAt)
    // Node turns a delay over 2^31-1 ms into 1 ms.
    const delay = Math.min(Math.max(0, this.#armedFor - at), 0x7fff_ffff)
    this.#timer = setTimeout(() => this.#fire(), Math.ceil(delay))
  }

  #fire(): void {
    const at = now()
    if (at >= this.#endsAt - SLACK) this.#expire('total')
    else if (at >= this.#firstTokenDue - SLACK) this.#expire('first-token')
    else if (at >= this.#dueAt - SLACK) this.#expire(this.#phase)
    else this.#arm(at)
  }

  #expire(phase: TimeoutPhase): void {
    const [limit, waitedFor] = WAITED_FOR[phase]
    this.#expired({ class: 'timeout', phase, message: `no ${waitedFor} within ${this.#limits[limit]} ms` })
  }
}
