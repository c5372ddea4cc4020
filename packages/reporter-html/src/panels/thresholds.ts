import { definePanel } from '../panel.ts'
import { observed, verdictOf } from '../threshold-words.ts'

/** Every threshold with what it saw. */
export const thresholds = definePanel({
  name: 'thresholds',
  template: `
<section class="panel" id="thresholds">
  <h2>Thresholds</h2>
  <div class="scroll"><table>
    <thead><tr><th scope="col">Verdict</th><th scope="col">Metric</th><th scope="col">Expression</th><th scope="col" class="number">Observed</th></tr></thead>
    <tbody>
    {{#each this}}<tr>
      <td><span class="verdict tone-{{tone}}">{{> mark tone}}{{verdict}}</span>{{#if aborted}} <span class="note">ended the run</span>{{/if}}</td>
      <th scope="row" class="metric"><code>{{metric}}</code></th>
      <td class="expression"><code>{{expression}}</code></td>
      <td class="number">{{observed}}</td>
    </tr>{{/each}}
    </tbody>
  </table></div>
</section>`,
  style: `
@media (max-width:640px){
#thresholds thead{display:none}
#thresholds tr{display:grid;grid-template-columns:minmax(0,1fr) auto;border-bottom:1px solid var(--line);padding:var(--space-2) 0}
#thresholds tr:last-child{border-bottom:0}
#thresholds tr>*{border:0;padding:2px 0}
#thresholds .expression{grid-area:2/2;text-align:right}
#thresholds .metric{grid-area:2/1}
}`,
  view({ summary }) {
    if (summary.thresholds.length === 0) return undefined
    return summary.thresholds.map((threshold) => ({
      ...verdictOf(threshold),
      aborted: threshold.aborted,
      metric: threshold.metric,
      expression: threshold.expression,
      observed: observed(threshold),
    }))
  },
})
