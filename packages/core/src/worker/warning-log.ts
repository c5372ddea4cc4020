import type { WarningPart } from '../model/part.ts'
import type { WarningDelta } from '../model/snapshot.ts'

/** Kinds kept in one interval; a provider has a handful. */
const MOST_KINDS = 100

/** Counts what providers warn of, by provider and code, with the first message of each. */
export class WarningLog {
  #kinds = new Map<string, { provider: string; code: string; count: number; message: string }>()

  note({ code, message }: WarningPart, provider: string): void {
    const key = `${provider} ${code}`
    const known = this.#kinds.get(key)
    if (known !== undefined) known.count += 1
    else if (this.#kinds.size < MOST_KINDS) this.#kinds.set(key, { provider, code, count: 1, message })
  }

  /** What was noted since the last time. */
  drain(): readonly WarningDelta[] {
    const kinds = [...this.#kinds.values()]
    if (kinds.length > 0) this.#kinds = new Map()
    return kinds
  }
}
