import type { MetricSummary, ReportInput } from 'loadbench/report'
import { partsIn } from './recorded.ts'

type Tags = MetricSummary['tags']

/** What the page can be narrowed to: the whole run, a scenario, or one value of a tag. */
export interface PartChoice {
  /** How the address of the page names it: `turn:2`; `''` is the whole run. */
  readonly key: string
  /** The tag it is a value of; `''` for the whole run. */
  readonly group: string
  /** The value alone, for lists under the name of the tag. */
  readonly value: string
  readonly label: string
  readonly tags: Tags
}

/** The whole run is part 0. */
export const WHOLE: PartChoice = { key: '', group: '', value: '', label: 'Whole run', tags: {} }

/**
 * What a reader may choose from, the whole run first. A scenario that is the only one is the whole run
 * and no choice.
 */
export function choicesOf({ summary }: ReportInput): readonly PartChoice[] {
  const several = summary.scenarios.length > 1
  const parts = partsIn(summary).filter(({ tags }) => several || Object.keys(tags).join() !== 'scenario')
  return [
    WHOLE,
    ...parts.map(({ label, tags }) => ({
      key: keyOf(tags),
      group: Object.keys(tags).join(', '),
      value: Object.values(tags).join(', '),
      label,
      tags,
    })),
  ]
}

function keyOf(tags: Tags): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}:${value}`)
    .join(',')
}

/** Whether something with `tags` belongs to a part. Everything belongs to the whole run. */
export function belongs(tags: Tags, part: PartChoice): boolean {
  return Object.entries(part.tags).every(([name, value]) => tags[name] === value)
}

/** Whether two sets of tags are the same. */
export function sameTags(a: Tags, b: Tags): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** The numbers of the parts that something with `tags` belongs to, for rows that come and go with the choice. */
export function membership(tags: Tags, choices: readonly PartChoice[]): string {
  return choices.flatMap((part, index) => (belongs(tags, part) ? [index] : [])).join(' ')
}
