import type { MessagePort } from 'node:worker_threads'
import type { FromWorker, LogLevel, ToWorker } from './protocol.ts'

/** Lines a worker may print in one second; a script that prints per token must not slow its own measurement. */
const LINES_PER_SECOND = 50

/** A worker's end of the port to the main thread. */
export class MainLink {
  readonly #port: MessagePort
  #second = 0
  #lines = 0
  #heldBack = 0

  constructor(port: MessagePort) {
    this.#port = port
  }

  post(message: FromWorker): void {
    this.#port.postMessage(message)
  }

  onMessage(listener: (message: ToWorker) => void): void {
    this.#port.on('message', listener)
  }

  /** Sends a line to be printed, up to a number a second; how many were held back is said with the next. */
  log(level: LogLevel, text: string): void {
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#lines = 0
    }
    if (this.#lines >= LINES_PER_SECOND) {
      this.#heldBack += 1
      return
    }
    this.#lines += 1
    const note = this.#heldBack === 0 ? '' : ` (${this.#heldBack} lines before this one were left out)`
    this.#heldBack = 0
    this.post({ type: 'log', level, text: text + note })
  }

  close(): void {
    this.#port.close()
  }
}
