import type { Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { HttpRequest, ResponseHead } from '../model/provider.ts'
import { failureOfError } from './classify.ts'
import { sendByNode } from './node-request.ts'
import type { WireListener } from './wire-request.ts'
import { isProxied, Wire, type WireKind } from './wire.ts'

/** What came of one request beside the load. */
export interface Asked {
  /** Absent: no answer came. */
  readonly head?: ResponseHead
  /** Its text, up to the limit. */
  readonly body: string
  /** Whether `body` is all there was. */
  readonly whole: boolean
  /** Why no answer came, or not all of it. */
  readonly failure?: Failure
}

export interface AskLimits {
  /** For the whole of it. */
  readonly timeout: Millis
  /** Until the connection stands. Default: `timeout`. */
  readonly connect?: Millis
  /** Bytes of the body that are kept; the rest is not waited for. */
  readonly bytes: number
  /** Ends it at once. */
  readonly signal?: AbortSignal
}

/** One request on a connection of its own, nothing measured: for probes and warm-up. Never rejects. */
export function ask(kind: WireKind, request: HttpRequest, limits: AskLimits): Promise<Asked> {
  return new Promise((resolve) => {
    const question = new Question(limits, resolve)
    question.begin(() => send(kind, request, question))
  })
}

/** @returns what ends it. Only undici knows proxies. */
function send(kind: WireKind, request: HttpRequest, listener: WireListener): () => void {
  if (!isProxied(kind.origin)) return sendByNode(kind, request, listener)
  const wire = new Wire(kind)
  wire.send(kind.origin, request, listener)
  return () => wire.destroy()
}

class Question implements WireListener {
  readonly #limits: AskLimits
  readonly #settle: (asked: Asked) => void
  readonly #chunks: Buffer[] = []
  readonly #timer: NodeJS.Timeout
  readonly #connectTimer: NodeJS.Timeout
  readonly #abort = () => this.#giveUp({ class: 'aborted', message: 'stopped' })
  #size = 0
  #head: ResponseHead | undefined
  #stop = () => {}
  #over = false

  constructor(limits: AskLimits, settle: (asked: Asked) => void) {
    this.#limits = limits
    this.#settle = settle
    const { timeout, connect = timeout, signal } = limits
    this.#timer = setTimeout(() => this.#late('total', 'answer', timeout), timeout)
    this.#connectTimer = setTimeout(() => this.#late('connect', 'connection', connect), connect)
    signal?.addEventListener('abort', this.#abort, { once: true })
  }

  /** @param start puts it on its way, and gives what ends that. */
  begin(start: () => () => void): void {
    if (this.#limits.signal?.aborted === true) this.#abort()
    else {
      try {
        this.#stop = start()
      } catch (error) {
        // A path or header that HTTP does not allow.
        this.fail(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  connected(): void {
    clearTimeout(this.#connectTimer)
  }

  sent(): void {}

  head(head: ResponseHead): void {
    this.#head = head
  }

  data(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size > this.#limits.bytes) this.#end({ whole: false })
  }

  end(): void {
    this.#end({ whole: true })
  }

  fail(error: Error): void {
    this.#giveUp(failureOfError(error, this.#head?.status))
  }

  #late(phase: 'total' | 'connect', what: string, limit: Millis): void {
    this.#giveUp({ class: 'timeout', phase, message: `no ${what} within ${Math.round(limit)} ms` })
  }

  #giveUp(failure: Failure): void {
    this.#end({ whole: false, failure })
  }

  #end(how: Pick<Asked, 'whole' | 'failure'>): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    clearTimeout(this.#connectTimer)
    this.#limits.signal?.removeEventListener('abort', this.#abort)
    this.#stop()
    const body = Buffer.concat(this.#chunks).subarray(0, this.#limits.bytes).toString('utf8')
    this.#settle({ ...how, body, ...(this.#head === undefined ? {} : { head: this.#head }) })
  }
}
