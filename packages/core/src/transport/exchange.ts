import type { Call } from '../model/call.ts'
import { now, type Millis } from '../model/clock.ts'
import { classOfStatus, type Failure } from '../model/failure.ts'
import type { Interruptible } from '../model/interrupt.ts'
import type { Decoder, Framer, HttpRequest, ProviderPlugin, ResponseHead } from '../model/provider.ts'
import { Assembly, type ContentKind } from './assembly.ts'
import { failureOfError, judge, withoutSecrets } from './classify.ts'
import { Deadline, type PhaseLimits } from './deadline.ts'
import { framerFor, release } from './frames/framer.ts'
import { staleOr } from './stale.ts'
import type { WireListener, WireRequest } from './wire-request.ts'
import type { Wire } from './wire.ts'

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

/**
 * One call carried out: sends the request, stamps each socket read once before it is parsed, and
 * gives that stamp to everything decoded from it. Ends exactly once, whatever the server does.
 */
export class Exchange implements WireListener, Interruptible {
  readonly timeline: ExchangeTimeline
  readonly assembly = new Assembly()
  /** Between consecutive content frames. Its length is that of one answer, never of the run. */
  readonly gaps: Millis[] = []
  /** Content frames that came in the same read as another before them. */
  coalesced = 0
  bytesReceived = 0
  response: ResponseHead | undefined
  /** Whether the answer came as a stream, until it begins whether one was asked for; one in a single piece has no token times. */
  streamed: boolean
  failure: Failure | undefined
  interrupted = false
  /** Whether its wire can carry another request: not once this one was cut on it. */
  wireUsable = true
  readonly #input: ExchangeInput
  readonly #ended: () => void
  #deadline: Deadline | undefined
  #request: WireRequest | undefined
  #framer: Framer | undefined
  #decode: Decoder | undefined
  #readAt: Millis
  /** Told in `timeline` when all is over: of every token, it is a number of its own there. */
  #lastTokenAt: Millis = 0
  #contentInRead = false
  #over = false

  /** @param ended called once, when everything the exchange has to tell is known. */
  constructor(input: ExchangeInput, ended: () => void) {
    this.#input = input
    this.#ended = ended
    const { call } = input
    this.streamed = call.kind !== 'embedding' && call.stream !== false
    this.#readAt = now()
    this.timeline = { startedAt: this.#readAt, endedAt: this.#readAt }
  }

  start(): void {
    const { limits, wire, target, request } = this.#input
    const startedAt = now()
    this.timeline.startedAt = startedAt
    this.#deadline = new Deadline(startedAt, limits, (failure) => this.giveUp(failure))
    this.#request = wire.send(target, request, this)
  }

  /** The end of the run cuts the exchange: neither a success nor a failure. */
  interrupt(): void {
    if (this.#over) return
    this.interrupted = true
    this.#cut('interrupted by the end of the run')
  }

  /** Ends it as failed. Before `start`: nothing is sent. */
  giveUp(failure: Failure): void {
    if (this.#over) return
    this.failure ??= { ...failure, ...this.#status() }
    this.#cut(failure.message)
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
    this.#deadline?.set('first-token')
    const coding = response.headers['content-encoding'] ?? 'identity'
    if (coding === 'identity') this.#openBody(response)
    else if (classOfStatus(response.status) === undefined) {
      this.#malformed(
        `the server compressed its answer (${coding}), which holds tokens back; ask for identity`,
      )
    }
  }

  data(chunk: Buffer, at: Millis): void {
    this.#beginRead(at)
    this.bytesReceived += chunk.length
    try {
      this.#framer?.push(chunk)
    } catch (error) {
      this.#pluginThrew(error)
    }
  }

  end(at: Millis): void {
    this.#closeBody(at)
    this.#finish(at)
  }

  fail(error: Error, at: Millis): void {
    const { assembly, response } = this
    if (response !== undefined && classOfStatus(response.status) !== undefined) {
      // An error is an error, however its connection ends; what came of its words may tell more.
      this.#closeBody(at)
    } else if (assembly.finishReason === undefined && assembly.error === undefined) {
      this.failure ??= staleOr(failureOfError(error, response?.status), {
        madeAt: this.#input.wire.connectTimes.begunAt,
        startedAt: this.timeline.startedAt,
        sentAt: this.timeline.sentAt,
        failedAt: at,
        answered: response !== undefined,
      })
    }
    // After the terminal mark the answer is whole.
    this.#finish(at)
  }

  #openBody(response: ResponseHead): void {
    const { plugin, call } = this.#input
    try {
      const framing = plugin.framing(response)
      this.streamed = framing !== 'whole'
      this.#decode = plugin.decoder(response, call, (pattern) => this.#framer?.expect?.(pattern))
      this.#framer = framerFor(framing, {
        emit: (frame) => {
          if (!this.#over) this.#content(this.assembly.take(this.#decode?.(frame) ?? []))
        },
        text: (type, bytes, from, to) => {
          if (!this.#over) this.#content(this.assembly.takeText(type, bytes, from, to))
        },
        fault: (message) => this.#malformed(message),
      })
    } catch (error) {
      this.#pluginThrew(error)
    }
  }

  #closeBody(at: Millis): void {
    this.#beginRead(at)
    try {
      this.#framer?.end()
    } catch (error) {
      this.#pluginThrew(error)
    }
  }

  /** Everything with one stamp came in one read. */
  #beginRead(at: Millis): void {
    if (at === this.#readAt) return
    this.#readAt = at
    this.#contentInRead = false
  }

  #content(kind: ContentKind): void {
    const { timeline } = this
    const at = this.#readAt
    timeline.firstFrameAt ??= at
    if (kind === 'none' || !this.streamed) return
    if (timeline.firstTokenAt === undefined) timeline.firstTokenAt = at
    else this.gaps.push(at - this.#lastTokenAt)
    this.#lastTokenAt = at
    if (kind === 'answer') timeline.firstAnswerAt ??= at
    if (this.#contentInRead) this.coalesced += 1
    this.#contentInRead = true
    this.#deadline?.set('between-tokens', at + this.#input.limits.betweenTokens)
  }

  /** Plugins promise not to throw. One that does fails its call, and says so. */
  #pluginThrew(error: unknown): void {
    this.#malformed(`the provider's plugin threw: ${String(error)}`)
  }

  #malformed(message: string): void {
    this.giveUp({ class: 'malformed', message })
  }

  #cut(reason: string): void {
    if (this.#over) return
    if (this.#request !== undefined) {
      this.wireUsable = false
      this.#request.mute()
      this.#request.abort(new Error(reason))
    }
    this.#finish(now())
  }

  #finish(at: Millis): void {
    if (this.#over) return
    this.#over = true
    this.#deadline?.stop()
    if (this.#framer !== undefined) release(this.#framer)
    this.#framer = undefined
    this.assembly.settle()
    if (this.timeline.firstTokenAt !== undefined) this.timeline.lastTokenAt = this.#lastTokenAt
    this.timeline.endedAt = at
    if (!this.interrupted) this.failure ??= judge(this.response, this.assembly)
    if (this.failure !== undefined) {
      const { headers, path } = this.#input.request
      this.failure = withoutSecrets(this.failure, headers, path)
    }
    this.#ended()
  }

  #status(): Pick<Failure, 'status'> {
    return this.response === undefined ? {} : { status: this.response.status }
  }
}
