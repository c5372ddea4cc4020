import { LoadbenchError } from '../model/errors.ts'
import type { Manifest, Summary } from '../model/summary.ts'
import { JsonOutput } from './json.ts'
import type { Interval, Output } from './output.ts'

const KINDS: Readonly<Record<string, (file: string) => Output>> = {
  json: (file) => new JsonOutput(file),
}

/**
 * Reads `--out KIND=FILE`.
 * @throws LB_OUTPUT_INVALID naming what there is.
 */
export function readOutput(text: string): Output {
  const at = text.indexOf('=')
  const kind = at === -1 ? text : text.slice(0, at)
  const file = at === -1 ? '' : text.slice(at + 1)
  const make = KINDS[kind]
  if (make !== undefined && file !== '') return make(file)
  const what = make === undefined ? `there is no output "${kind}"` : `the output "${kind}" needs a file`
  throw new LoadbenchError(
    'LB_OUTPUT_INVALID',
    what,
    `Write --out ${make === undefined ? Object.keys(KINDS).join('|') : kind}=FILE.`,
  )
}

/** All outputs of a run as one. One that fails is named to `report` and left out from then on. */
export class Outputs {
  #living: Output[]
  readonly #report: (problem: string) => void

  constructor(outputs: readonly Output[], report: (problem: string) => void) {
    this.#living = [...outputs]
    this.#report = report
  }

  get any(): boolean {
    return this.#living.length > 0
  }

  /** @throws LB_OUTPUT_INVALID for one that cannot begin: before load is sent that is a wrong option. */
  async start(manifest: Manifest): Promise<void> {
    for (const output of this.#living) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- the first that fails is told
        await output.start(manifest)
      } catch (error) {
        throw new LoadbenchError(
          'LB_OUTPUT_INVALID',
          `the output ${output.name} cannot begin: ${error instanceof Error ? error.message : String(error)}`,
          'Check its path, or leave it out.',
        )
      }
    }
  }

  interval(interval: Interval): void {
    for (const output of this.#living) {
      try {
        output.interval(interval)
      } catch (error) {
        this.#lose(output, error)
      }
    }
  }

  async end(summary: Summary): Promise<void> {
    await this.#each((output) => output.end(summary))
  }

  async #each(act: (output: Output) => void | Promise<void>): Promise<void> {
    await Promise.all(
      this.#living.map(async (output) => {
        try {
          await act(output)
        } catch (error) {
          this.#lose(output, error)
        }
      }),
    )
  }

  #lose(output: Output, error: unknown): void {
    this.#living = this.#living.filter((one) => one !== output)
    this.#report(
      `the output ${output.name} failed and was left out: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
