import type { Call } from './call.ts'
import type { Part } from './part.ts'
import type { Probe } from './probe.ts'
import type { Timeouts } from './timeouts.ts'

/** What goes out for one call. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Path with query, the target's base path included. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** The start of an answer. Header names are lower case; repeated headers are joined by `, `. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** One wire message: an SSE event, an NDJSON line, a whole body, an event-stream message. */
export interface Frame {
  /** Its text; `''` for a binary frame. */
  readonly data: string
  /** SSE: the `event:` field. Event stream: the event type. */
  readonly event?: string | undefined
  /** The payload of a binary frame. */
  readonly bytes?: Uint8Array
  /** The headers of an event-stream message. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Cuts the bytes of one response into frames, push style. `push` hands each complete frame to
 * `emit` before it returns. It never throws: what cannot be cut goes to `fault`, after which the
 * framer ignores further bytes.
 */
export interface Framer {
  push(chunk: Uint8Array): void
  /** From now on frames of this pattern may go to the sink as texts, in their place among the frames. */
  expect?(pattern: TextPattern): void
  /** The response ended: emits what the protocol allows to stand at the end without a delimiter. */
  end(): void
}

/** Receives what a framer finds. */
export interface FrameSink {
  emit(frame: Frame): void
  /** Where in `bytes`, until it returns, the text of a frame of the pattern stands: in UTF-8, instead of the frame. */
  readonly text?: (type: TextPattern['type'], bytes: Buffer, from: number, to: number) => void
  /** Bytes that are no frame of this protocol, or a frame over the size limit. */
  fault(message: string): void
}

/** A framing loadbench knows by name, or a provider's own, made anew for each response. */
export type Framing = 'sse' | 'ndjson' | 'whole' | ((sink: FrameSink) => Framer)

/**
 * What nearly all frames of an answer look like: JSON that differs in the text it holds and in nothing else.
 * A frame that is `before`, a text without escapes and `after` means one delta of this type, whatever the text.
 */
export interface TextPattern {
  readonly type: 'text-delta' | 'reasoning-delta'
  /** Up to the text; its last character is the quotation mark. */
  readonly before: string
  /** Behind the text; its first character is the quotation mark. */
  readonly after: string
}

/**
 * Reads the frames of one response; holds what state that response needs. Never throws: a frame it
 * cannot read is an `error` part of class `malformed`.
 */
export type Decoder = (frame: Frame) => readonly Part[]

/**
 * A provider: how a call is written to the wire and what the bytes that come back mean. It opens no
 * socket, reads no clock and records no metric; core does, so that a number means the same
 * whichever provider it came from.
 */
export interface ProviderPlugin {
  readonly apiVersion: 1
  /** Lower case, as in `--target openai=URL` and the tag `provider`. */
  readonly name: string
  /** Environment variables that may hold the target's address, first one wins. */
  readonly targetVariables: readonly string[]
  /** The request for `call` at `target`, whose path may hold a prefix. Pure. */
  encode(call: Call, target: URL): HttpRequest
  /** How the body that follows `head` is cut into frames. */
  framing(head: ResponseHead): Framing
  /**
   * A fresh decoder for the response that starts with `head`.
   * @param expect may be told, while a frame is read, that other frames have its pattern; the decoder then does
   * not see them, which costs the load generator less.
   */
  decoder(head: ResponseHead, call: Call, expect?: (pattern: TextPattern) => void): Decoder
  /**
   * Where calls go when nothing else says so, such as the address of a cloud's region. Asked last, once
   * per thread. `undefined`: there is none.
   */
  defaultTarget?(): Promise<string | undefined>
  /** What `defaultTarget` would need, for the message when there is no target: `AWS_REGION`. */
  readonly defaultTargetHint?: string
  /** Signs the request, of calls, of warm-up and of probes. Runs before the exchange's clock starts. */
  sign?(request: HttpRequest, target: URL, context: SignContext): Promise<HttpRequest>
  /**
   * Requests that make the server ready for the calls to come: load the model. Sent one after the other
   * before any load, their answers read and let go; one that fails is a warning. Pure.
   */
  warmUp?(target: URL): readonly HttpRequest[]
  /** How to find out what serves at an address. */
  readonly probe?: Probe
}

export interface SignContext {
  /** The target is the simulator: any key will do, so that none has to be found. */
  readonly simulated: boolean
}

export interface TlsSettings {
  /** Certificates to trust beside the system's, PEM. */
  readonly ca?: string
  /** Client certificate and key, PEM. */
  readonly cert?: string
  readonly key?: string
  /** Name to ask for and to check, if not the address's host. */
  readonly servername?: string
  /** `false` accepts any certificate. Default `true`. */
  readonly rejectUnauthorized?: boolean
}

/** What every provider's client can be given. */
export interface ClientSettings {
  /** Address of the server. `--target`, `--simulate` and `LOADBENCH_TARGET` go before it. */
  readonly baseURL?: string
  /** Model of every call that names none. */
  readonly model?: string
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Tags of every sample. */
  readonly tags?: Readonly<Record<string, string>>
  readonly timeouts?: Timeouts
  /** `'vu'`: connections of its own for each VU (default). `'shared'`: one pool for the VUs of a worker. */
  readonly connections?: 'vu' | 'shared'
  /** Offers HTTP/2 where the server speaks TLS. Default `false`. */
  readonly http2?: boolean
  readonly tls?: TlsSettings
  /** Keeps the gap after each token in the sample file. Default `false`. */
  readonly recordGaps?: boolean
}
