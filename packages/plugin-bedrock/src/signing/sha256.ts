import { createHash, createHmac } from 'node:crypto'

type Bytes = string | ArrayBuffer | ArrayBufferView

/** Of secrets, as text: the signer asks with each request for the name its signing key is kept under. */
const known = new Map<string, Uint8Array>()
const MOST_KNOWN = 100

/**
 * Node's SHA-256, or with a key its HMAC, as the signer wants it. It gives its data in one piece, which
 * saves the streaming form of both.
 */
export class Sha256 {
  readonly #key: Bytes | undefined
  #data: Uint8Array = new Uint8Array()

  constructor(key?: Bytes) {
    this.#key = key
  }

  update(data: Bytes): void {
    const bytes = bytesOf(data)
    this.#data = this.#data.length === 0 ? bytes : Buffer.concat([this.#data, bytes])
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#digest())
  }

  reset(): void {
    this.#data = new Uint8Array()
  }

  #digest(): Uint8Array {
    if (this.#key === undefined) return createHash('sha256').update(this.#data).digest()
    if (typeof this.#key !== 'string') return hmac(bytesOf(this.#key), this.#data)
    const question = `${this.#key}\n${Buffer.from(this.#data).toString('latin1')}`
    let answer = known.get(question)
    if (answer === undefined) {
      if (known.size >= MOST_KNOWN) known.clear()
      answer = hmac(this.#key, this.#data)
      known.set(question, answer)
    }
    return answer
  }
}

function hmac(key: string | Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(data).digest()
}

function bytesOf(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}
