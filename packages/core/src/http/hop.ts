import { now, type Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { ResponseHead } from '../model/provider.ts'
import { failureOfError, withoutSecrets } from '../transport/classify.ts'
import { staleOr } from '../transport/stale.ts'
import type { RawHead, WireListener, WireRequest } from '../transport/wire-request.ts'
import type { OutgoingRequest, Wire } from '../transport/wire.ts'
import { decompress } from './compression.ts'
import { UNREADABLE_CODING } from './error-code.ts'
import { phasesOf, type HttpTimings } from './timings.ts'

/** Everything one hop needs. */
export interface HopInput {
  readonly origin: URL
  readonly request: OutgoingRequest
  readonly wire: Wire
  /** Otherwise the body is read and let go. */
  readonly keepBody: boolean
}

/** Bytes of a body that are kept; a longer one fails its request. */
const LARGEST_BODY = 256 * 1024 * 1024

const EMPTY = Buffer.alloc(0)
const NOT_CONNECTED = {}

/** One request and its answer on one connection; a redirect leads to the next. Ends exactly once. */
export class Hop implements WireListener {
  response: ResponseHead | undefined
  raw: RawHead | undefined
  /** Whole, without its `content-encoding`. */
  body: Buffer = EMPTY
  bytesReceived = 0
  phases: Partial<HttpTimings> = {}
  failure: Failure | undefined
  interrupted = false
  /** Whether its wire can carry another request. */
  wireUsable = true
  readonly #input: HopInput
  readonly #ended: () => void
  readonly #chunks: Buffer[] = []
  #kept = 0
  #startedAt: Millis = 0
  #connectedAt: Millis | undefined
  #sentAt: Millis | undefined
  #headersAt: Millis | undefined
  #request: WireRequest | undefined
  #over = false

  /** @param ended called once, when everything is known. */
  constructor(input: HopInput, ended: () => void) {
    this.#input = input
    this.#ended = ended
  }

  start(): void {
    const { wire, origin, request } = this.#input
    this.#startedAt = now()
    this.#request = wire.send(origin, request, this)
  }

  /** HTTP status; 0 where no answer came. */
  get status(): number {
    return this.response?.status ?? 0
  }

  /** Whether the request was sent, as a whole. */
  get sentWhole(): boolean {
    return this.#sentAt !== undefined
  }

  interrupt(): void {
    if (this.#over) return
    this.interrupted = true
    this.#cut('interrupted by the end of the run')
  }

  /** The time for it is over. */
  expire(limit: Millis): void {
    const phase =
      this.#connectedAt === undefined ? 'connect' : this.#headersAt === undefined ? 'headers' : 'total'
    this.#giveUp({ class: 'timeout', phase, message: `no whole answer within ${limit} ms` })
  }

  connected(): void {
    this.#connectedAt = now()
  }

  sent(at: Millis): void {
    this.#sentAt = at
  }

  head(response: ResponseHead, bytes: number, at: Millis, raw?: RawHead): void {
    this.#headersAt = at
    this.response = response
    this.raw = raw
    this.bytesReceived += bytes
  }

  data(chunk: Buffer): void {
    this.bytesReceived += chunk.length
    if (!this.#input.keepBody) return
    this.#kept += chunk.length
    if (this.#kept <= LARGEST_BODY) this.#chunks.push(chunk)
    else this.#giveUp({ class: 'malformed', message: `the answer is longer than ${LARGEST_BODY} bytes` })
  }

  end(at: Millis): void {
    this.#finish(at)
  }

  fail(error: Error, at: Millis): void {
    this.failure = staleOr(failureOfError(error, this.response?.status), {
      madeAt: this.#input.wire.connectTimes.begunAt,
      startedAt: this.#startedAt,
      sentAt: this.#sentAt,
      failedAt: at,
      answered: this.response !== undefined,
    })
    this.#finish(at)
  }

  #giveUp(failure: Failure): void {
    if (this.#over) return
    this.failure = { ...failure, ...(this.response === undefined ? {} : { status: this.status }) }
    this.#cut(failure.message)
  }

  #cut(reason: string): void {
    this.wireUsable = false
    this.#request?.mute()
    this.#request?.abort(new Error(reason))
    this.#finish(now())
  }

  #finish(endedAt: Millis): void {
    if (this.#over) return
    this.#over = true
    const { wire, request } = this.#input
    const { begunAt } = wire.connectTimes
    const made = begunAt !== undefined && begunAt >= this.#startedAt
    this.phases = phasesOf(
      {
        startedAt: this.#startedAt,
        connectedAt: this.#connectedAt,
        sentAt: this.#sentAt,
        headersAt: this.#headersAt,
        endedAt,
      },
      made ? wire.connectTimes : NOT_CONNECTED,
    )
    if (this.failure === undefined && !this.interrupted) this.#readBody()
    if (this.failure !== undefined) this.failure = withoutSecrets(this.failure, request.headers, request.path)
    this.#ended()
  }

  #readBody(): void {
    const coding = this.response?.headers['content-encoding']
    try {
      const [first = EMPTY] = this.#chunks
      const whole = this.#chunks.length < 2 ? first : Buffer.concat(this.#chunks)
      this.body = decompress(whole, coding, LARGEST_BODY)
    } catch (error) {
      const message = `the answer is no ${coding}: ${error instanceof Error ? error.message : String(error)}`
      this.failure = { class: 'malformed', message, code: UNREADABLE_CODING, status: this.status }
    }
  }
}
