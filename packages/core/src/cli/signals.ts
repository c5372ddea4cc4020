import { EXIT } from '../live/ending.ts'

/** SIGINT and SIGTERM of a run: the first asks it to end, the second ends the process at once. */
export class Signals {
  #listener: ((signal: string) => void) | undefined
  #received: string | undefined
  readonly #handle = (signal: NodeJS.Signals): void => {
    // What was written so far stays readable: snapshots and samples are flushed every second.
    if (this.#received !== undefined) process.exit(EXIT.signal)
    this.#received = signal
    this.#listener?.(signal)
  }

  listen(): void {
    process.on('SIGINT', this.#handle)
    process.on('SIGTERM', this.#handle)
  }

  /** Calls `listener` at the first signal, at once if it has come already. */
  onFirst(listener: (signal: string) => void): void {
    this.#listener = listener
    if (this.#received !== undefined) listener(this.#received)
  }

  close(): void {
    process.off('SIGINT', this.#handle)
    process.off('SIGTERM', this.#handle)
  }
}
