import type { ReportInput, ThresholdSummary } from 'loadbench/report'
import type { Tone } from '../template.ts'
import { healthOf } from '../outcome.ts'
import { definePanel } from '../panel.ts'
import { observed } from '../threshold-words.ts'

/** Failed thresholds named here; all of them are in their table. */
const NAMED = 3

/** The two verdicts everything else is read by: on the thresholds and on the generator. */
export const verdicts = definePanel({
  name: 'verdicts',
  template: `
<div class="verdicts">
  {{#each this}}
  <section class="panel card">
    <h2 class="quiet">{{about}}</h2>
    <p class="card-verdict tone-{{tone}}">{{> mark tone}}{{verdict}}</p>
    <ul class="card-reasons">{{#each reasons}}<li>{{this}}</li>{{/each}}</ul>
  </section>
  {{/each}}
</div>`,
  style: `
.verdicts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:var(--space-5)}
.card>h2{font-size:var(--type-small);margin:0}
.card-verdict{display:flex;align-items:baseline;gap:var(--space-2);font-size:var(--type-figure);line-height:1.3;font-weight:650}
.card-verdict .mark{font-size:.85em}
.card-reasons{margin-top:var(--space-1);font-size:var(--type-small);overflow-wrap:anywhere}
.card-reasons li+li{margin-top:var(--space-1)}
@media (max-width:640px){.verdicts{grid-template-columns:minmax(0,1fr);gap:var(--space-3)}}`,
  view: ({ summary }) => [
    { about: 'Thresholds', ...onThresholds(summary.thresholds) },
    { about: 'Load generator', ...onGenerator(summary.health) },
  ],
})

interface Card {
  readonly tone: Tone
  readonly verdict: string
  readonly reasons: readonly string[]
}

function onThresholds(thresholds: readonly ThresholdSummary[]): Card {
  if (thresholds.length === 0) {
    return {
      tone: 'none',
      verdict: 'None set',
      reasons: ['Without thresholds a run passes or fails by nothing it measured.'],
    }
  }
  const failed = thresholds.filter(({ passed }) => !passed)
  const named = failed.slice(0, NAMED).map((one) => `${one.metric} ${one.expression}: ${observed(one)}`)
  const more = failed.length - named.length
  return {
    tone: failed.length === 0 ? 'pass' : 'fail',
    verdict: `${thresholds.length - failed.length} of ${thresholds.length} passed`,
    reasons: more > 0 ? [...named, `and ${more} more`] : named,
  }
}

function onGenerator({ verdict, reasons }: ReportInput['summary']['health']): Card {
  const { tone, text, meaning } = healthOf(verdict)
  return { tone, verdict: text, reasons: [meaning, ...reasons] }
}
