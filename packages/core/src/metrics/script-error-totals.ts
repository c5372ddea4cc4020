import type { ScriptErrorDelta, Snapshot } from '../model/snapshot.ts'
import type { ScriptErrorSummary } from '../model/error-summary.ts'
import { MessageCounts } from './message-counts.ts'

interface Entry extends Pick<ScriptErrorDelta, 'kind' | 'scenario'> {
  count: number
  readonly messages: MessageCounts
  readonly stacks: Map<string, string>
}

/** What the script of a run threw and did not catch, by scenario and message. */
export class ScriptErrorTotals {
  readonly #entries = new Map<string, Entry>()

  /** Each snapshot is to be merged once; their order does not matter. */
  merge({ scriptErrors = [] }: Snapshot): void {
    for (const { kind, scenario, count, messages, stacks = [] } of scriptErrors) {
      const key = `${kind} ${scenario}`
      let entry = this.#entries.get(key)
      if (entry === undefined) {
        entry = { kind, scenario, count: 0, messages: new MessageCounts(), stacks: new Map() }
        this.#entries.set(key, entry)
      }
      entry.count += count
      entry.messages.add(messages)
      for (const { text, stack } of stacks) {
        const known = entry.stacks.get(text)
        // Of several the first in the alphabet: the same whatever the order.
        if (known === undefined || stack < known) entry.stacks.set(text, stack)
      }
    }
  }

  /** The most frequent first. */
  summaries(): ScriptErrorSummary[] {
    return Array.from(this.#entries.values(), summaryOf).toSorted(
      (a, b) => b.count - a.count || (a.scenario < b.scenario ? -1 : 1),
    )
  }
}

function summaryOf({ kind, scenario, count, messages, stacks }: Entry): ScriptErrorSummary {
  const naming = messages.naming()
  const stackOf = new Map(
    [...stacks].toSorted(([a], [b]) => (a < b ? 1 : -1)).map(([text, stack]) => [naming(text), stack]),
  )
  const listed = messages
    .list(naming)
    .map((one) => ({ ...one, stack: stackOf.get(one.message) ?? one.message }))
  return {
    kind,
    scenario,
    count,
    messages: listed,
    others: count - listed.reduce((sum, one) => sum + one.count, 0),
  }
}
