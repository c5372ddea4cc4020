import * as bounds from './bounds.ts'
import { brief, counted, percent, type Finding, type HealthInput } from './health-input.ts'

/** Whether everything measured was kept as it was: values, tags, frames. */
export function recordFindings({ clamped, foldedTagSets, workers }: HealthInput): Finding[] {
  const findings: Finding[] = []
  for (const { metric, clamped: outside, count } of clamped) {
    if (outside === 0) continue
    const level = outside > bounds.CLAMPED_DEGRADED * count ? 'degraded' : 'note'
    const headline = `${counted(outside, 'value')} of ${brief(metric)} could not be kept: outside 0 to 1h or 3.6 million`
    const detail =
      `${counted(outside, 'value')} of ${metric} (${count} recorded) could not be kept as they were: above 1h or 3.6 million, ` +
      `below 0, or no number; correct what records them.`
    findings.push({ level, headline, detail })
  }
  if (foldedTagSets > 0) {
    const headline = `${counted(foldedTagSets, 'tag set')} folded together, so parts by tag are not exact: keep ids out of tags`
    const detail = `${counted(foldedTagSets, 'tag set')} beyond the number a worker keeps apart were folded into their scenario: the metrics as a whole are exact, their parts by tag are not; keep ids and other values without bound out of tags.`
    findings.push({ level: 'degraded', headline, detail })
  }
  return [...findings, ...coalesced(workers)]
}

function coalesced(workers: HealthInput['workers']): Finding[] {
  const frames = workers.reduce((sum, { contentFrames }) => sum + contentFrames, 0)
  const shared = workers.reduce((sum, { coalescedFrames }) => sum + coalescedFrames, 0)
  if (frames === 0 || shared / frames <= bounds.COALESCED_NOTE) return []
  const headline = `${percent(shared / frames)} of the content frames came together with another one: go by tpot`
  const detail = `${percent(shared / frames)} of the content frames arrived together with another one, with a gap of 0 in itl: the server or the network sends tokens in groups; go by tpot.`
  return [{ level: 'note', headline, detail }]
}
