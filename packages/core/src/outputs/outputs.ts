import { LoadbenchError } from '../model/errors.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import type { Interval, Output } from './output.ts'

/** An output, and how messages call it. */
export interface NamedOutput {
  readonly name: string
  readonly output: Output
  /** Nobody asked for it: the run does not fail for lack of it. */
  readonly extra?: boolean
}

/** All outputs of a run as one. One that fails is named to `report` and left out from then on. */
export class Outputs {
  #living: NamedOutput[]
  readonly #report: (problem: string) => void
  readonly #problems: string[] = []
  readonly #missed: string[] = []
  readonly #pending = new Set<Promise<void>>()

  constructor(outputs: readonly NamedOutput[], report: (problem: string) => void) {
    this.#living = [...outputs]
    this.#report = report
  }

  /** Whether any takes the seconds as they come. */
  get any(): boolean {
    return this.#living.some(({ output }) => output.interval !== undefined)
  }

  /** What went wrong so far, a sentence for each output that was lost. */
  get problems(): readonly string[] {
    return this.#problems
  }

  /** Those of them that were asked for. */
  get missed(): readonly string[] {
    return this.#missed
  }

  /** @throws LB_OUTPUT_INVALID for one that cannot begin: before load is sent that is a wrong option. */
  async start(manifest: Manifest): Promise<void> {
    for (const { name, output } of this.#living) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the first that fails is told
        await output.start?.(manifest)
      } catch (error) {
        throw new LoadbenchError(
          'LB_OUTPUT_INVALID',
          `the output ${name} cannot begin: ${wordsOf(error)}`,
          'Check its path, or leave it out.',
        )
      }
    }
  }

  interval(interval: Interval): void {
    for (const one of this.#living) {
      try {
        const written = one.output.interval?.(interval)
        if (written !== undefined) this.#expect(one, written)
      } catch (error) {
        this.#lose(one, error)
      }
    }
  }

  /** @param limited waits for the end of one output, and throws where that takes too long. */
  async end(summary: Summary, limited: (work: Promise<void>) => Promise<void>): Promise<void> {
    const pending = Promise.all(this.#pending)
    await Promise.all(
      this.#living.map(async (one) => {
        try {
          await limited(
            pending.then(() => (this.#living.includes(one) ? one.output.end(summary) : undefined)),
          )
        } catch (error) {
          this.#lose(one, error)
        }
      }),
    )
  }

  #expect(one: NamedOutput, written: Promise<void>): void {
    const settled = Promise.resolve(written)
      .catch((error: unknown) => this.#lose(one, error))
      .finally(() => this.#pending.delete(settled))
    this.#pending.add(settled)
  }

  #lose(lost: NamedOutput, error: unknown): void {
    if (!this.#living.includes(lost)) return
    this.#living = this.#living.filter((one) => one !== lost)
    const problem = `The output ${lost.name} failed and was left out: ${wordsOf(error)}`
    this.#problems.push(problem)
    if (lost.extra !== true) this.#missed.push(problem)
    this.#report(problem)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
