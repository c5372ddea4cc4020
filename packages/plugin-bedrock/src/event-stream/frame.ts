import type { Frame } from 'loadbench/plugin'

/** A message of an event stream. */
export class EventFrame implements Frame {
  readonly event: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  readonly #payload: Buffer
  #data: string | undefined

  constructor(headers: Readonly<Record<string, string>>, payload: Buffer) {
    this.event = headers[':event-type']
    this.headers = headers
    this.bytes = payload
    this.#payload = payload
  }

  /** The payload as text, decoded when it is asked for: SageMaker's are pieces that may end inside a character. */
  get data(): string {
    return (this.#data ??= this.#payload.toString('utf8'))
  }
}
