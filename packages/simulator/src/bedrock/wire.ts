import { corrupted, events, exceptions } from '../aws/event-stream.ts'
import type { StreamWire } from '../protocol.ts'

/** One streamed answer as messages of an event stream, piece by piece. */
export interface Pieces {
  /** Before the first token. */
  open(): string
  tokens(from: number, to: number): string
  /** How the answer ended, where that is told before the end mark. */
  finish(): string
  /** The end mark. */
  end(): string
}

/** What every stream of Bedrock has in common. */
export class BedrockWire implements StreamWire {
  readonly binary = true
  readonly headers: StreamWire['headers']
  readonly malformed = MALFORMED
  readonly #pieces: Pieces
  #begun = false

  constructor(headers: StreamWire['headers'], pieces: Pieces) {
    this.headers = { 'content-type': 'application/vnd.amazon.eventstream', ...headers }
    this.#pieces = pieces
  }

  open(): string {
    return this.#pieces.open()
  }

  tokens(_choice: number, from: number, to: number): string {
    this.#begun = true
    return this.#pieces.tokens(from, to)
  }

  finish(): string {
    return this.#pieces.finish()
  }

  close(): string {
    return ''
  }

  get done(): string {
    return this.#pieces.end()
  }

  /** The model's error once there are tokens, before that the service's own. */
  get error(): string {
    return this.#begun ? MODEL_ERROR : SERVICE_ERROR
  }
}

const MODEL_ERROR = exceptions('modelStreamErrorException')(
  JSON.stringify({
    message: 'The model had an error while it was streaming its answer.',
    originalStatusCode: 500,
    originalMessage: 'The simulated model broke off.',
  }),
)
const SERVICE_ERROR = exceptions('internalServerException')(
  JSON.stringify({
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  }),
)
const MALFORMED = corrupted(events('chunk')('{"bytes":"e30="}'))
