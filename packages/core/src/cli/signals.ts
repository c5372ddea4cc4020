import { writeSync } from 'node:fs'
import { EXIT } from '../live/ending.ts'
import { LoadbenchError } from '../model/errors.ts'
import { scriptFailed } from '../script/load.ts'
import { argument, calledBy } from './called-by.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * What reaches a run from outside of it: SIGINT, SIGTERM and SIGHUP (its terminal is gone), of which the first asks it to
 * end and the second ends the process at once, and what its script throws where nothing catches it.
 */
export class Signals {
  /** Rejects with LB_INTERRUPTED at a signal that comes before the run listens: nothing was sent yet. */
  readonly early: Promise<never>
  #listener: (signal: string) => void
  #received = false
  #folder: string | undefined
  #beforeEnd: () => void = () => undefined
  readonly #handle = (signal: NodeJS.Signals): void => {
    // A terminal that closes says so more than once.
    if (this.#received && signal === 'SIGHUP') return
    // What was written so far stays readable: snapshots and samples are flushed every second.
    if (this.#received) this.#endNow(signal)
    this.#received = true
    this.#listener(signal)
  }

  #faultListener: (error: unknown) => void
  readonly #handleFault = (error: unknown): void => this.#faultListener(error)

  constructor() {
    let reject: (error: LoadbenchError) => void
    this.#faultListener = (error) => reject(scriptFailed('where nothing catches it', error))
    this.early = new Promise((_, reject_) => {
      reject = reject_
    })
    this.#listener = (signal) =>
      reject(new LoadbenchError('LB_INTERRUPTED', `stopped by ${signal}`, 'Nothing was sent yet.'))
  }

  /** From now on `listener` is called before a second signal ends the process. */
  beforeEnd(listener: () => void): void {
    this.#beforeEnd = listener
  }

  /** From now on a run is written to `folder`. */
  results(folder: string): void {
    this.#folder = folder
  }

  /** Says what is left, and where. Written at once: the process waits for nothing any more. */
  #endNow(signal: string): never {
    const left =
      this.#folder === undefined
        ? 'nothing was sent yet'
        : `what was measured is kept; see it by\n    ${calledBy(process.env)} report ${argument(this.#folder)}`
    this.#beforeEnd()
    writeSync(process.stderr.fd, `\n  ${signal} again: ended at once; ${left}\n`)
    process.exit(EXIT.signal)
  }

  listen(): void {
    for (const signal of SIGNALS) process.on(signal, this.#handle)
    process.on('uncaughtException', this.#handleFault)
  }

  /** From now on what the script throws in a timer or emitter of this thread goes to `listener`. */
  onFault(listener: (error: unknown) => void): void {
    this.#faultListener = listener
  }

  /** From now on the first signal goes to `listener`. */
  onFirst(listener: (signal: string) => void): void {
    this.#listener = listener
  }

  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#handle)
    process.off('uncaughtException', this.#handleFault)
  }
}
