import { EXIT } from '../live/ending.ts'
import { LoadbenchError } from '../model/errors.ts'

/** SIGINT and SIGTERM of a run: the first asks it to end, the second ends the process at once. */
export class Signals {
  /** Rejects with LB_INTERRUPTED at a signal that comes before the run listens: nothing was sent yet. */
  readonly early: Promise<never>
  #listener: (signal: string) => void
  #received = false
  readonly #handle = (signal: NodeJS.Signals): void => {
    // What was written so far stays readable: snapshots and samples are flushed every second.
    if (this.#received) process.exit(EXIT.signal)
    this.#received = true
    this.#listener(signal)
  }

  constructor() {
    let reject: (error: LoadbenchError) => void
    this.early = new Promise((_, reject_) => {
      reject = reject_
    })
    this.#listener = (signal) =>
      reject(new LoadbenchError('LB_INTERRUPTED', `stopped by ${signal}`, 'Nothing was sent yet.'))
  }

  listen(): void {
    process.on('SIGINT', this.#handle)
    process.on('SIGTERM', this.#handle)
  }

  /** From now on the first signal goes to `listener`. */
  onFirst(listener: (signal: string) => void): void {
    this.#listener = listener
  }

  close(): void {
    process.off('SIGINT', this.#handle)
    process.off('SIGTERM', this.#handle)
  }
}
