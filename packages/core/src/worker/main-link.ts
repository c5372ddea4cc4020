import type { MessagePort } from 'node:worker_threads'
import type { FromWorker, LogLevel, ToWorker } from './protocol.ts'

/** Lines a worker may print in one second; a script that prints per token must not slow its own measurement. */
const LINES_PER_SECOND = 50

/** A worker's end of the port to the main thread. */
export class MainLink {
  readonly #port: MessagePort
  #second = 0
  /** In this second. Errors are counted apart, so that chatter does not take their place. */
  #lines = { error: 0, other: 0 }
  #heldBack = 0

  constructor(port: MessagePort) {
    this.#port = port
  }

  post(message: FromWorker): void {
    if (message.type === 'done') this.#tellHeldBack()
    this.#port.postMessage(message)
  }

  onMessage(listener: (message: ToWorker) => void): void {
    this.#port.on('message', listener)
  }

  /** Sends a line to be printed, up to a number a second; how many were held back is said later. */
  log(level: LogLevel, text: string): void {
    const second = Math.floor(performance.now() / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#lines = { error: 0, other: 0 }
      this.#tellHeldBack()
    }
    const kind = level === 'error' ? 'error' : 'other'
    if (this.#lines[kind] >= LINES_PER_SECOND) {
      this.#heldBack += 1
      return
    }
    this.#lines[kind] += 1
    this.post({ type: 'log', level, text })
  }

  #tellHeldBack(): void {
    const count = this.#heldBack
    this.#heldBack = 0
    if (count === 0) return
    this.post({ type: 'log', level: 'warn', text: `… ${count} line${count === 1 ? '' : 's'} left out` })
  }

  close(): void {
    this.#port.close()
  }
}
