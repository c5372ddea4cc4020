import type { ReportInput, ThresholdSummary } from 'loadbench/report'
import { definePanel } from '../panel.ts'
import { choicesOf, membership } from '../part.ts'
import { margin, observed, verdictOf } from '../threshold-words.ts'

/** Every threshold with what it saw and how far that is from its bound. */
export const thresholds = definePanel({
  name: 'thresholds',
  template: `
<section class="panel" id="thresholds" aria-labelledby="thresholds-title">
  <h2 id="thresholds-title">Thresholds</h2>
  <div class="scroll" tabindex="0" role="group" aria-labelledby="thresholds-title"><table>
    <thead><tr><th scope="col">Verdict</th><th scope="col">Metric</th><th scope="col">Expression</th><th scope="col" class="number">Observed</th><th scope="col" class="number">From its bound</th></tr></thead>
    <tbody>
    {{#each this}}<tr data-in="{{members}}">
      <td><span class="verdict tone-{{tone}}">{{> mark tone}}{{verdict}}</span>{{#if aborted}} <span class="note">ended the run</span>{{/if}}</td>
      <th scope="row" class="metric"><code>{{metric}}</code></th>
      <td class="expression"><code>{{expression}}</code></td>
      <td class="number observed">{{observed}}</td>
      <td class="number quiet from">{{margin}}</td>
    </tr>{{/each}}
    </tbody>
  </table></div>
  {{> none}}
</section>`,
  style: `
#thresholds table{max-width:960px}
@media (max-width:640px){
#thresholds thead{display:none}
#thresholds tr:not([hidden]){display:grid;grid-template-columns:minmax(0,1fr) auto;border-bottom:1px solid var(--line);padding:var(--space-2) 0}
#thresholds tr:last-child{border-bottom:0}
#thresholds tr>*{border:0;padding:2px 0}
#thresholds .metric{grid-area:2/1}
#thresholds .expression{grid-area:2/2;text-align:right}
#thresholds .observed{grid-area:1/2}
#thresholds .from{grid-column:1/-1}
#thresholds .from:empty{display:none}
}`,
  view(input) {
    const { summary } = input
    if (summary.thresholds.length === 0) return undefined
    const choices = choicesOf(input)
    return summary.thresholds.map((threshold) => ({
      ...verdictOf(threshold, summary),
      members: membership(selectorOf(threshold, input), choices),
      aborted: threshold.aborted,
      metric: threshold.metric,
      expression: threshold.expression,
      observed: observed(threshold, summary),
      margin: margin(threshold),
    }))
  },
})

/** The tags a threshold asks for, as the plan read them. */
function selectorOf(
  { metric }: ThresholdSummary,
  { manifest }: ReportInput,
): Readonly<Record<string, string>> {
  return manifest.plan.thresholds.find(({ key }) => key === metric)?.selector ?? {}
}
