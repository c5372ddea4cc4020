import type { ReportInput } from 'loadbench/report'
import { run, timelineOf, trendSummary } from './run.ts'

/** A run in which every text that can come from outside is `text`. */
export function hostileRun(text: string): ReportInput {
  const { summary, manifest } = run()
  const timeline = timelineOf(10)
  return {
    summary: {
      ...summary,
      run: { ...summary.run, id: text, script: text, startedAt: text, reason: text },
      health: { verdict: 'degraded', reasons: [text], figures: { [text]: 1 } },
      metrics: [...summary.metrics, trendSummary(text, 5), trendSummary('ttft', 5, { tags: { [text]: text } })],
      thresholds: [{ metric: text, expression: text, observed: 1, unit: 'ms', passed: false, aborted: true }],
      checks: [{ name: text, passes: 1, fails: 1 }],
      errors: [{ class: 'stream_error', count: 1, example: { class: 'stream_error', message: text, code: text } }],
      scenarios: [{ name: text, executor: text, description: text, started: 1, completed: 1, dropped: 0, interrupted: 0 }],
      warnings: [text],
    },
    timeline: { ...timeline, errors: { [text]: timeline.at.map(() => 1) } },
    manifest: {
      ...manifest,
      targets: { [text]: text },
      versions: { [text]: text },
      host: { ...manifest.host, os: text, cpu: text },
      argv: [text],
      plan: { ...manifest.plan, tags: { [text]: text } },
    },
  }
}
