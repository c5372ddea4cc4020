import type {
  Distribution,
  ErrorExample,
  ErrorPart,
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

/** Failures of parts over time; none in runs of older versions. */
export function partErrorsIn(timeline: Older<Timeline, 'partErrors'>): Timeline['partErrors'] {
  return timeline.partErrors ?? []
}

/** Distributions that have values; none in runs of older versions. */
export function distributionsIn(input: Older<ReportInput, 'distributions'>): readonly Distribution[] {
  return (input.distributions ?? []).filter(({ count, buckets }) => count > 0 && buckets.length > 0)
}

/** A message of a class of failures, as far as it is known. */
export interface RecordedMessage {
  readonly message: string
  /** Absent in runs of older versions. */
  readonly count?: number
  readonly first?: Partial<ErrorExample> & { readonly message: string }
}

/** The messages of a class; of runs of older versions some examples without counts. */
export function messagesOf(
  error: Older<ErrorSummary, 'examples' | 'messages' | 'others' | 'parts'>,
): readonly RecordedMessage[] {
  const { messages = [], examples = [], example } = error
  if (messages.length > 0) return messages
  const known = examples.length > 0 ? examples : [{ message: example.message }]
  return known.map((first) => ({ message: first.message, first }))
}

/** The failures of a class part by part; none in runs of older versions. */
export function errorPartsOf(error: Older<ErrorSummary, 'parts'>): readonly ErrorPart[] {
  return error.parts ?? []
}

function isScenario(tags: Part['tags'], name: string): boolean {
  return tags['scenario'] === name && Object.keys(tags).length === 1
}
