import type { FoundServer, ReportInput } from 'loadbench/report'

/** What served at the targets; none where nothing said so, and in runs of older versions. */
export function serversIn({ summary, manifest }: ReportInput): readonly FoundServer[] {
  return summary.servers ?? manifest.servers ?? []
}
