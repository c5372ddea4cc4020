import type {
  Distribution,
  ErrorExample,
  ErrorSummary,
  Marker,
  Part,
  ReportInput,
  SlowRequest,
  Summary,
  Timeline,
} from 'loadbench/report'

/** What runs of older versions may lack. */
type Older<Whole, Lacking extends keyof Whole> = Omit<Whole, Lacking> & Partial<Pick<Whole, Lacking>>

/** What a reader may look at alone. Runs of older versions tell the scenarios by their metrics only. */
export function partsIn(summary: Older<Summary, 'parts'>): readonly Part[] {
  if (summary.parts !== undefined) return summary.parts
  return summary.scenarios
    .filter(({ name }) => summary.metrics.some(({ tags }) => isScenario(tags, name)))
    .map(({ name }) => ({ label: `scenario ${name}`, tags: { scenario: name } }))
}

/** The slowest requests, slowest first; none in runs of older versions. */
export function slowestIn(summary: Older<Summary, 'slowest'>): readonly SlowRequest[] {
  return summary.slowest ?? []
}

/** Moments to mark in the charts, in order of time; none in runs of older versions. */
export function markersIn(timeline: Older<Timeline, 'markers'>): readonly Marker[] {
  return (timeline.markers ?? []).toSorted((a, b) => a.at - b.at)
}

/** Distributions that have values; none in runs of older versions. */
export function distributionsIn(input: Older<ReportInput, 'distributions'>): readonly Distribution[] {
  return (input.distributions ?? []).filter(({ count, buckets }) => count > 0 && buckets.length > 0)
}

/** Different messages of a class; in runs of older versions the first, of which no more is known. */
export function examplesOf(
  error: Older<ErrorSummary, 'examples'>,
): readonly (Partial<ErrorExample> & { readonly message: string })[] {
  const { examples = [], example } = error
  return examples.length > 0 ? examples : [{ message: example.message }]
}

function isScenario(tags: Part['tags'], name: string): boolean {
  return tags['scenario'] === name && Object.keys(tags).length === 1
}
