import type { Call } from '../model/call.ts'
import { now, type Millis } from '../model/clock.ts'
import { classOfStatus, type Failure, type TimeoutPhase } from '../model/failure.ts'
import type { Interruptible } from '../model/interrupt.ts'
import type { Decoder, Frame, Framer, HttpRequest, ProviderPlugin, ResponseHead } from '../model/provider.ts'
import { Assembly } from './assembly.ts'
import { failureOfError, failureOfPart, failureOfStatus, withoutSecrets } from './classify.ts'
import { Deadline, type PhaseLimits } from './deadline.ts'
import { framerFor } from './frames/framer.ts'
import type { Wire, WireListener, WireRequest } from './wire.ts'

/** Everything one exchange needs. */
export interface ExchangeInput {
  readonly plugin: ProviderPlugin
  readonly call: Call
  readonly request: HttpRequest
  readonly target: URL
  readonly wire: Wire
  readonly limits: PhaseLimits
}

/** Stamps while they are being taken; see `Stamps` for what each means. */
export interface ExchangeTimeline {
  startedAt: Millis
  sentAt?: Millis
  headersAt?: Millis
  firstFrameAt?: Millis
  firstTokenAt?: Millis
  firstAnswerAt?: Millis
  lastTokenAt?: Millis
  endedAt: Millis
}

const WAITED_FOR: Readonly<Record<TimeoutPhase, readonly [keyof PhaseLimits, string]>> = {
  connect: ['connect', 'connection'],
  headers: ['headers', 'response headers'],
  'first-token': ['firstToken', 'first token'],
  'between-tokens': ['betweenTokens', 'further token'],
  total: ['total', 'end of the answer'],
}

/**
 * One call carried out: sends the request, stamps each socket read once before it is parsed, and
 * gives that stamp to everything decoded from it. Ends exactly once, whatever the server does.
 */
export class Exchange implements WireListener, Interruptible {
  readonly timeline: ExchangeTimeline
  readonly assembly = new Assembly()
  /** Between consecutive content frames. Its length is that of one answer, never of the run. */
  readonly gaps: Millis[] = []
  /** Content frames that came in the same read as the one before. */
  coalesced = 0
  bytesReceived = 0
  response: ResponseHead | undefined
  /** Whether the answer came as a stream; one in a single piece has no token times. */
  streamed = false
  failure: Failure | undefined
  interrupted = false
  readonly #input: ExchangeInput
  readonly #ended: () => void
  #deadline: Deadline | undefined
  #request: WireRequest | undefined
  #framer: Framer | undefined
  #decode: Decoder | undefined
  #readAt: Millis
  #contentInRead = false
  #over = false

  /** @param ended called once, when everything the exchange has to tell is known. */
  constructor(input: ExchangeInput, ended: () => void) {
    this.#input = input
    this.#ended = ended
    this.#readAt = now()
    this.timeline = { startedAt: this.#readAt, endedAt: this.#readAt }
  }

  start(): void {
    const { limits, wire, target, request } = this.#input
    const startedAt = now()
    this.timeline.startedAt = startedAt
    this.#deadline = new Deadline(startedAt, limits, (phase) => this.#expire(phase))
    this.#request = wire.send(target, request, this)
  }

  /** The end of the run cuts the exchange: neither a success nor a failure. */
  interrupt(): void {
    this.interrupted = true
    this.#cut('interrupted by the end of the run')
  }

  /** The script takes the call back. */
  abort(reason: string): void {
    this.failure ??= { class: 'aborted', message: reason, ...this.#status() }
    this.#cut(reason)
  }

  connected(): void {
    this.#deadline?.set('headers', now() + this.#input.limits.headers)
  }

  sent(at: Millis): void {
    this.timeline.sentAt = at
  }

  head(response: ResponseHead, bytes: number, at: Millis): void {
    this.timeline.headersAt = at
    this.bytesReceived += bytes
    this.response = response
    const { plugin, call, limits } = this.#input
    this.#deadline?.set('first-token', this.timeline.startedAt + limits.firstToken)
    const framing = plugin.framing(response)
    this.streamed = framing !== 'whole'
    this.#decode = plugin.decoder(response, call)
    this.#framer = framerFor(framing, {
      emit: (frame) => this.#frame(frame),
      fault: (message) => this.#malformed(message),
    })
  }

  data(chunk: Buffer, at: Millis): void {
    this.#readAt = at
    this.#contentInRead = false
    this.bytesReceived += chunk.length
    this.#framer?.push(chunk)
  }

  end(at: Millis): void {
    this.#readAt = at
    this.#contentInRead = false
    this.#framer?.end()
    this.#finish(at)
  }

  fail(error: Error, at: Millis): void {
    const { assembly, response } = this
    // After the terminal mark the answer is whole, however its connection ends.
    if (assembly.finishReason === undefined && assembly.error === undefined) {
      this.failure ??= failureOfError(error, response?.status)
    }
    this.#finish(at)
  }

  #frame(frame: Frame): void {
    if (this.#over || this.#decode === undefined) return
    const { timeline, assembly } = this
    const at = this.#readAt
    timeline.firstFrameAt ??= at
    const kind = assembly.take(this.#decode(frame))
    if (kind === 'none' || !this.streamed) return
    if (timeline.lastTokenAt === undefined) timeline.firstTokenAt = at
    else this.gaps.push(at - timeline.lastTokenAt)
    timeline.lastTokenAt = at
    if (kind === 'answer') timeline.firstAnswerAt ??= at
    if (this.#contentInRead) this.coalesced += 1
    this.#contentInRead = true
    this.#deadline?.set('between-tokens', at + this.#input.limits.betweenTokens)
  }

  #malformed(message: string): void {
    this.failure ??= { class: 'malformed', message, ...this.#status() }
    this.#cut(message)
  }

  #expire(phase: TimeoutPhase): void {
    const [limit, waitedFor] = WAITED_FOR[phase]
    const message = `no ${waitedFor} within ${this.#input.limits[limit]} ms`
    this.failure ??= { class: 'timeout', phase, message, ...this.#status() }
    this.#cut(message)
  }

  #cut(reason: string): void {
    if (this.#over) return
    this.#request?.mute()
    this.#request?.abort(new Error(reason))
    this.#finish(now())
  }

  #finish(at: Millis): void {
    if (this.#over) return
    this.#over = true
    this.#deadline?.stop()
    this.timeline.endedAt = at
    if (!this.interrupted) this.failure ??= this.#judge()
    if (this.failure !== undefined) this.failure = withoutSecrets(this.failure, this.#input.request.headers)
    this.#ended()
  }

  /** The verdict on an answer that ended by itself. HTTP 200 proves nothing; the terminal mark does. */
  #judge(): Failure | undefined {
    const { response, assembly } = this
    if (response === undefined) return { class: 'connection', fault: 'other', message: 'no answer came' }
    if (assembly.error !== undefined) return failureOfPart(assembly.error, response)
    const byStatus = classOfStatus(response.status)
    if (byStatus !== undefined) return failureOfStatus(response, byStatus)
    if (assembly.finishReason === undefined) {
      const message = "the answer ended without the provider's terminal mark"
      return { class: 'stream_truncated', message, ...this.#status() }
    }
    if (assembly.answered) return undefined
    return { class: 'empty', message: 'the answer ended well but holds nothing generated', ...this.#status() }
  }

  #status(): Pick<Failure, 'status'> {
    return this.response === undefined ? {} : { status: this.response.status }
  }
}
