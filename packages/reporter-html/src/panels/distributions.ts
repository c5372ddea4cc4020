import { distributionsOf } from '../distributions.ts'
import { definePanel } from '../panel.ts'
import { WHOLE } from '../part.ts'
import { DISTRIBUTION_STYLE } from '../style/distribution.ts'

/** Long names would need two lines of choices. */
const SHORT: Readonly<Record<string, string>> = {
  ttft: 'TTFT',
  ttfat: 'TTFT of the answer',
  ttft_scheduled: 'TTFT as scheduled',
  itl: 'ITL',
  tpot: 'TPOT',
}

/** How the latencies are spread: one metric at a time, as a histogram and as a curve of its percentiles. */
export const distributions = definePanel({
  name: 'distributions',
  template: `
<section class="panel" id="distributions" aria-labelledby="distributions-title">
  <h2 id="distributions-title">Distributions</h2>
  <noscript><p class="note">The distributions need JavaScript. Their percentiles are in the table below.</p></noscript>
  <fieldset class="metrics screen-only" hidden><legend class="hidden">Metric</legend>{{#each metrics}}<label><input type="radio" name="distribution" value="{{metric}}"{{#if first}} checked{{/if}}><span>{{title}}</span></label>{{/each}}</fieldset>
  <div class="charts">
    {{> figure histogram}}
    {{> figure percentiles}}
  </div>
  {{> undrawn}}
</section>`,
  style: DISTRIBUTION_STYLE,
  view(input) {
    const specs = distributionsOf(input, WHOLE)
    if (specs.length === 0) return undefined
    return {
      metrics: specs.map(({ metric, title }, index) => ({
        metric,
        title: SHORT[metric] ?? title,
        first: index === 0,
      })),
      histogram: { id: 'histogram', title: 'How many values, log scale' },
      percentiles: { id: 'percentile-curve', title: 'Value at each percentile' },
    }
  },
})
