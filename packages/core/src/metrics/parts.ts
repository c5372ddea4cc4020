import type { Snapshot } from '../model/snapshot.ts'
import type { Part } from '../model/summary.ts'
import { matches, type Tags } from '../model/tags.ts'

/** Values of one tag shown apart; further ones count in the whole alone. */
export const MOST_VALUES = 50
/** Further values remembered of each tag, so that they can be counted. */
const MOST_REMEMBERED = 1_000

/** Of one tag: which values are parts, and which came too late. */
interface TagValues {
  readonly parts: Map<string, Part>
  readonly left: Set<string>
}

/**
 * The parts of the results that are kept apart: each scenario of the plan, and each value seen of the
 * tags asked for, up to a bound.
 */
export class Parts {
  readonly #scenarios: ReadonlyMap<string, Part>
  readonly #byTag: ReadonlyMap<string, TagValues>

  /** @param by tags besides `scenario`, whose values are known from the plan. */
  constructor(scenarios: readonly string[], by: readonly string[] = []) {
    this.#scenarios = new Map(scenarios.map((name) => [name, partOf('scenario', name)]))
    const tags = by.filter((tag) => tag !== 'scenario')
    this.#byTag = new Map(tags.map((tag) => [tag, { parts: new Map(), left: new Set() }]))
  }

  /** Takes note of the values in a snapshot. @returns the parts that are new with it. */
  observe({ series }: Snapshot): Part[] {
    const fresh: Part[] = []
    for (const [tag, values] of this.#byTag) {
      for (const { tags } of series) {
        const value = tags[tag]
        if (value === undefined || values.parts.has(value)) continue
        if (values.parts.size >= MOST_VALUES) {
          if (values.left.size < MOST_REMEMBERED) values.left.add(value)
          continue
        }
        const part = partOf(tag, value)
        values.parts.set(value, part)
        fresh.push(part)
      }
    }
    return fresh
  }

  /** Scenarios as in the plan, then tag by tag; values as a person counts: 2 before 10. */
  list(): Part[] {
    return [
      ...this.#scenarios.values(),
      ...Array.from(this.#byTag.values(), ({ parts }) =>
        [...parts.values()].toSorted((a, b) => natural.compare(a.label, b.label)),
      ).flat(),
    ]
  }

  /** The parts that a series with `tags` belongs to. */
  of(tags: Tags): Part[] {
    const found: Part[] = []
    const scenario = this.#scenarios.get(tags['scenario'] ?? '')
    if (scenario !== undefined && matches(tags, scenario.tags)) found.push(scenario)
    for (const [tag, { parts }] of this.#byTag) {
      const part = parts.get(tags[tag] ?? '')
      if (part !== undefined && tag in tags && matches(tags, part.tags)) found.push(part)
    }
    return found
  }

  /** Tags asked for that no series had. */
  get unseen(): string[] {
    return [...this.#byTag].filter(([, { parts }]) => parts.size === 0).map(([tag]) => tag)
  }

  /** Tags with more values than are kept apart, and how many more, as far as they were counted. */
  get overfull(): { readonly tag: string; readonly left: number }[] {
    return [...this.#byTag]
      .filter(([, { left }]) => left.size > 0)
      .map(([tag, { left }]) => ({ tag, left: left.size }))
  }
}

const natural = new Intl.Collator('en', { numeric: true })

function partOf(tag: string, value: string): Part {
  return { label: `${tag} ${value}`, tags: { [tag]: value } }
}
