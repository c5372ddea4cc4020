import { duration, moment } from '../format.ts'
import { outcomeOf } from '../outcome.ts'
import { definePanel } from '../panel.ts'

/** What was tested, when, for how long, and how it ended. */
export const masthead = definePanel({
  name: 'masthead',
  template: `
<header class="masthead">
  <div class="masthead-title">
    <p class="note">loadbench report</p>
    <h1>{{script}}</h1>
  </div>
  <div class="masthead-outcome tone-{{tone}}">
    <p class="outcome">{{> mark tone}}{{outcome}}</p>
    <p class="note">exit code {{exitCode}}</p>
  </div>
  {{#if reason}}<p class="masthead-reason"><code>{{reason}}</code></p>{{/if}}
  <dl class="facts">
    {{#each targets}}<div><dt>Target {{name}}</dt><dd><code>{{address}}</code></dd></div>{{/each}}
    <div><dt>Started</dt><dd><time datetime="{{startedAt}}">{{started}}</time></dd></div>
    <div><dt>Duration</dt><dd>{{duration}}</dd></div>
    <div><dt>Run</dt><dd><code>{{id}}</code></dd></div>
  </dl>
</header>`,
  style: `
.masthead{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:var(--space-4) var(--space-5);align-items:end}
.outcome{display:flex;align-items:baseline;gap:var(--space-2);font-size:var(--type-heading);font-weight:650}
.masthead-outcome{display:grid;justify-items:end}
.masthead-reason,.facts{grid-column:1/-1}
.masthead-reason code{white-space:pre-wrap}
.facts{display:flex;flex-wrap:wrap;gap:var(--space-2) var(--space-6)}
.facts>div{min-width:0}
.facts dt{overflow-wrap:anywhere;color:var(--muted);font-size:var(--type-note)}
.facts dd{font-size:var(--type-small);overflow-wrap:anywhere}
@media (max-width:640px){
.masthead{grid-template-columns:minmax(0,1fr)}
.masthead-outcome{display:flex;align-items:baseline;flex-wrap:wrap;gap:var(--space-1) var(--space-3)}
.facts{gap:var(--space-2) var(--space-5)}
}`,
  view({ summary: { run }, manifest }) {
    const { tone, text } = outcomeOf(run.outcome)
    return {
      script: run.script,
      tone,
      outcome: text,
      exitCode: run.exitCode,
      reason: run.reason ?? '',
      targets: Object.entries(manifest.targets).map(([name, address]) => ({ name, address })),
      startedAt: run.startedAt,
      started: moment(run.startedAt),
      duration: duration(run.durationMs),
      id: run.id,
    }
  },
})
