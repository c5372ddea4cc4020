import type { ReportInput } from 'loadbench/report'
import { distribution, run, timelineOf, trendSummary } from './run.ts'

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
      checks: [{ name: text, passes: 1, fails: 1, example: text }],
      errors: [
        {
          class: 'stream_error',
          count: 1,
          example: { class: 'stream_error', message: text, code: text },
          examples: [{ message: text, scenario: text, at: 1, id: text, code: text }],
          messages: [{ message: text, count: 1, first: { message: text, scenario: text, at: 1, id: text, code: text } }],
          others: 0,
          parts: [{ scenario: text }, { [text]: text }].map((tags) => ({
            tags,
            count: 1,
            messages: [{ message: text, count: 1 }],
          })),
        },
      ],
      parts: [
        { label: `scenario ${text}`, tags: { scenario: text } },
        { label: `turn ${text}`, tags: { [text]: text } },
      ],
      slowest: [{ id: text, at: 1, duration: 5, scenario: text, tags: { [text]: text }, outcome: 'failed', error: text }],
      servers: [{ provider: text, target: text, server: text, version: text, models: [{ id: text }], configuration: { [text]: text } }],
      scenarios: [text, 'other'].map((name) => ({
        name,
        executor: text,
        description: text,
        started: 1,
        completed: 1,
        dropped: 0,
        interrupted: 0,
      })),
      warnings: [text],
    },
    timeline: {
      ...timeline,
      errors: { [text]: timeline.at.map(() => 1) },
      markers: [{ at: 2, kind: 'threshold', label: text, scenario: text }],
    },
    distributions: [distribution('ttft', 200), distribution('ttft', 200, { scenario: text })],
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
