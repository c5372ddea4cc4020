import type { Plan } from '../model/plan.ts'
import type { Manifest, RunEnding, Summary } from '../model/summary.ts'
import type { Damage, LineDamage } from '../store/run-reader.ts'
import type { Collector } from './collector.ts'
import { EXIT } from './ending.ts'
import { withServers } from './finish.ts'

/** A summary as an earlier version wrote it lacks what only later ones have; the snapshots still tell it. */
export function completed(stored: Summary, collector: Collector, otherParts: boolean): Summary {
  const { parts: known }: Partial<Summary> = stored
  if (known !== undefined && !otherParts) return stored
  const { parts, slowest, metrics, errors } = collector.summary(stored.run)
  return { ...stored, parts, slowest, metrics, errors }
}

/** The summary of a run that left none, from its snapshots. */
export function summedUp(collector: Collector, manifest: Manifest): Summary {
  const { id, script, startedAt } = manifest
  const durationMs = collector.elapsed
  const draft = collector.summary({
    id,
    script,
    startedAt,
    durationMs,
    outcome: 'killed',
    exitCode: EXIT.other,
  })
  const run = { ...draft.run, ...endingOf(manifest, draft) }
  const warnings = [...draft.warnings, ...underWay(draft)]
  return withServers({ ...draft, run, warnings }, manifest)
}

/** What had begun when the last second was written, and is in no number. */
function underWay({ scenarios }: Summary): string[] {
  const begun = scenarios.reduce((sum, one) => sum + one.started - one.completed - one.interrupted, 0)
  if (begun <= 0) return []
  return [
    begun === 1
      ? '1 iteration was under way when the last second was written; it is in no number here.'
      : `${begun} iterations were under way when the last second was written; they are in no number here.`,
  ]
}

/** How a run ended, as far as its manifest knows. */
function endingOf({ state, ending }: Manifest, { thresholds }: Summary): RunEnding {
  if (state === 'running') {
    const died = 'the process was killed, or its disk was full; this is what was written until then'
    if (ending === undefined) return { outcome: 'killed', exitCode: EXIT.other, reason: died }
    const cut = 'it ended at once, without a summary; this is what was written until then'
    return { ...ending, reason: ending.reason === undefined ? cut : `${ending.reason}; ${cut}` }
  }
  if (ending !== undefined) return ending
  if (state === 'aborted')
    return { outcome: 'aborted', exitCode: EXIT.other, reason: 'it ended early; why stood in its summary' }
  const failed = thresholds.filter(({ passed }) => !passed).length
  if (failed === 0) return { outcome: 'passed', exitCode: 0 }
  const reason = `${failed} of ${thresholds.length} thresholds failed`
  return { outcome: 'thresholds-failed', exitCode: EXIT.thresholds, reason }
}

/** A plan whose thresholds can all be judged, and the sentence that names the others. */
export function judgeable(
  plan: Plan,
  known: ReadonlySet<string>,
): { readonly plan: Plan; readonly note: string | undefined } {
  const strange = plan.thresholds.filter(({ metric }) => !known.has(metric))
  if (strange.length === 0) return { plan, note: undefined }
  const keys = [...new Set(strange.map(({ key }) => key))].join(', ')
  return {
    plan: { ...plan, thresholds: plan.thresholds.filter((one) => !strange.includes(one)) },
    note: `Thresholds on ${keys} were not judged: run.json does not say what kind of metric that is.`,
  }
}

/** What of the snapshots was left out, in a sentence. @param retold the summary is made of them, too. */
export function damageNote(damage: Damage | LineDamage, retold: boolean): string {
  const lack = retold
    ? 'every number lacks what stood there'
    : 'charts and distributions lack what stood there'
  if ('problem' in damage) return `snapshots.ndjson ${damage.problem}; ${lack}.`
  const { lines, broken, first, cutOff } = damage
  if (cutOff) return `The last line of snapshots.ndjson was cut off and left out (${first}).`
  return `${broken} of ${lines} lines of snapshots.ndjson cannot be read; ${lack} (${first}).`
}
