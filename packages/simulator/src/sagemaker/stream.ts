import type { Answer } from '../answer.ts'
import { chanceOf } from '../aws/chance.ts'
import { exceptions } from '../aws/event-stream.ts'
import type { StreamWire } from '../protocol.ts'
import type { Random } from '../random.ts'
import { payloadParts } from './parts.ts'

/** A container's stream, its bytes in PayloadParts. Its end mark, if it has one, is the container's. */
export class PartStream implements StreamWire {
  readonly binary = true
  readonly headers: StreamWire['headers']
  readonly #inner: StreamWire
  readonly #random: Random
  #begun = false

  constructor(inner: StreamWire, answer: Answer, headers: StreamWire['headers']) {
    this.#inner = inner
    this.#random = chanceOf(answer)
    this.headers = {
      ...headers,
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-sagemaker-content-type': inner.headers['content-type'] ?? 'application/octet-stream',
    }
  }

  open(): string {
    return this.#parts(this.#inner.open())
  }

  tokens(choice: number, from: number, to: number): string {
    this.#begun = true
    return this.#parts(this.#inner.tokens(choice, from, to))
  }

  finish(choice: number): string {
    return this.#parts(this.#inner.finish(choice))
  }

  close(): string {
    return this.#parts(this.#inner.close())
  }

  get done(): string {
    return this.#parts(this.#inner.done)
  }

  /** The container's error once there are tokens, before that the service's own. */
  get error(): string {
    return this.#begun ? MODEL_ERROR : SERVICE_ERROR
  }

  /** The container's: the parts around it are sound. */
  get malformed(): string {
    return this.#parts(this.#inner.malformed)
  }

  #parts(piece: string): string {
    return payloadParts(piece, this.#random)
  }
}

const MODEL_ERROR = exceptions('ModelStreamError')(
  JSON.stringify({ Message: 'The simulated container closed its stream.', ErrorCode: 'StreamBroken' }),
)
const SERVICE_ERROR = exceptions('InternalStreamFailure')(
  JSON.stringify({ Message: 'The stream failed because of an internal error.' }),
)
