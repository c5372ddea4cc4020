/** How much of a run is told at its end: the verdicts and headlines, all of it, the summary as JSON, or nothing. */
export const SUMMARY_MODES = ['compact', 'full', 'json', 'none'] as const
/** `failures`: what `--quiet` tells where no other is asked for: what went wrong, and where the report is. */
export type SummaryMode = (typeof SUMMARY_MODES)[number] | 'failures'
