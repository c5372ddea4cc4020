import type { ReportInput } from 'loadbench/report'
import { round, spoken } from '../format.ts'
import { definePanel } from '../panel.ts'

/** The plan as the run carried it out, every default filled in. */
export const options = definePanel({
  name: 'options',
  template: `
<section class="panel" id="options" aria-labelledby="options-title">
  <h2 id="options-title">Options as resolved{{> scope}}</h2>
  <dl class="options">{{#each facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/each}}</dl>
  <details><summary>The whole plan as JSON</summary><pre tabindex="0">{{plan}}</pre></details>
</section>`,
  style: `
.options{display:flex;flex-wrap:wrap;gap:var(--space-3) var(--space-6);margin-bottom:var(--space-4);font-size:var(--type-small)}
.options dt{color:var(--muted);font-size:var(--type-note)}
.options dd{overflow-wrap:anywhere}
details summary{font-size:var(--type-small)}
details pre{margin-top:var(--space-3);padding:var(--space-4);max-height:32rem;overflow:auto;background:var(--sunken);border-radius:var(--radius);font-size:var(--type-note);line-height:1.5}
@media print{#options details:not([open]){display:none}details pre{max-height:none;white-space:pre-wrap;overflow-wrap:anywhere}}`,
  view: ({ manifest }) => ({ facts: facts(manifest), plan: JSON.stringify(manifest.plan, undefined, 2) }),
})

/** What a reader asks for most; the rest is in the plan. */
function facts({ plan }: ReportInput['manifest']): readonly { name: string; value: string }[] {
  const slo = Object.entries(plan.slo).map(([metric, bound]) => `${metric} ≤ ${spoken(round(bound, 'ms'))}`)
  const tags = Object.entries(plan.tags).map(([name, value]) => `${name}=${value}`)
  return [
    { name: 'Scenarios', value: plan.scenarios.map(({ name }) => name).join(', ') },
    { name: 'SLO', value: slo.join(', ') },
    { name: 'Workers', value: String(plan.workers) },
    { name: 'Seed', value: String(plan.seed) },
    { name: 'Tags', value: tags.join(', ') },
    {
      name: 'Time to finish',
      value: [...new Set(plan.scenarios.map(({ gracefulStop }) => spoken(round(gracefulStop, 'ms'))))].join(
        ', ',
      ),
    },
  ].filter(({ value }) => value !== '')
}
