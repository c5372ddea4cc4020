import type { Totals } from '../metrics/totals.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { everyRequestFailed } from './request-failures.ts'

/** Gathers from snapshots and totals what a reader must know beside the numbers. */
export class Warnings {
  readonly #notes = new Map<string, number>()
  readonly #fixed: string[] = []
  readonly #unanswered: string[] = []
  readonly #byProvider = new Map<string, { count: number; message: string }>()

  /** A sentence that stands from now on. Said twice, it is kept once. */
  add(sentence: string): void {
    if (!this.#fixed.includes(sentence)) this.#fixed.push(sentence)
  }

  /** That nothing answered before the load. It stands unless every request failed, which says it all. */
  addUnanswered(sentence: string): void {
    this.#unanswered.push(sentence)
  }

  observe({ notes = {}, warnings = [] }: Snapshot): void {
    for (const [name, count] of Object.entries(notes))
      this.#notes.set(name, (this.#notes.get(name) ?? 0) + count)
    for (const { provider, code, count, message } of warnings) {
      const key = `${provider} ${code}`
      const known = this.#byProvider.get(key)
      if (known === undefined) this.#byProvider.set(key, { count, message: `${provider}: ${message}` })
      else known.count += count
    }
  }

  sentences(totals: Totals): string[] {
    return [
      ...this.#fixed,
      ...(everyRequestFailed(totals) ? [] : this.#unanswered),
      ...tokenSources(totals),
      ...this.#mismatches(),
      ...this.#unsampled(),
      ...this.#noNumbers(),
      ...this.#ofProviders(),
      ...foldedTagSets(totals),
    ]
  }

  /** Exchanges the sample files leave out. */
  get unsampled(): number {
    return this.#notes.get('unsampled') ?? 0
  }

  #unsampled(): string[] {
    if (this.unsampled === 0) return []
    return [
      `The sample files leave out ${this.unsampled.toLocaleString('en-US')} requests: they hold a part of so many, ` +
        'each line with its share. Metrics count all; --samples all keeps every request.',
    ]
  }

  #noNumbers(): string[] {
    return Array.from(this.#notes).flatMap(([name, count]) => {
      const [, metric] = /^no-number (.+)$/.exec(name) ?? []
      if (metric === undefined) return []
      const values = count === 1 ? 'A value' : `${count.toLocaleString('en-US')} values`
      return [
        `${values} that the script gave its metric ${metric} ${count === 1 ? 'is' : 'are'} no finite number, and left out.`,
      ]
    })
  }

  #ofProviders(): string[] {
    return Array.from(this.#byProvider.values(), ({ count, message }) =>
      count === 1 ? message : `${message} (first of ${count} answers that warn of it)`,
    )
  }

  #mismatches(): string[] {
    const count = this.#notes.get('token-mismatch') ?? 0
    if (count === 0) return []
    return [
      `In ${count} answers the token counts of the chunks and of the final usage differ by more than 10%; the usage was taken.`,
    ]
  }
}

/** Counting chunks as tokens is a guess: it is said, and how much of the output rests on it. */
function tokenSources(totals: Totals): string[] {
  const guessed = totals.select('output_length', { token_source: 'chunks' })?.count ?? 0
  if (guessed === 0) return []
  const all = totals.select('output_length', {})?.count ?? guessed
  return [
    `${guessed} of ${all} answers came without token counts; chunks were counted instead, so tpot, tokens_per_second ` +
      'and output_tokens are guesses there (a server may put several tokens into one chunk).',
  ]
}

function foldedTagSets({ foldedTagSets: folded }: Totals): string[] {
  if (folded === 0) return []
  return [
    `${folded} combinations of tags were too many and count under their scenario alone; ` +
      'keep request ids and other values without end out of tags.',
  ]
}
