import type { Chart } from '../chart.ts'
import type { ChartSeries } from '../chart-spec.ts'
import { specOf } from '../chart.ts'
import { CHARTS } from '../charts.ts'
import { definePanel } from '../panel.ts'
import { CHART_STYLE } from '../style/chart.ts'

/** The run over time. The page's script draws into the empty boxes; the keys work without it. */
export const charts = definePanel({
  name: 'charts',
  template: `
<section class="panel" id="charts">
  <h2>Over time</h2>
  {{#if drawn}}
  <noscript><p class="note">The charts need JavaScript. Every table on this page is complete without it.</p></noscript>
  <p class="note screen-only chart-hint">Hover for the values of a moment in all charts. Shift and wheel zooms, Shift and drag moves, double-click shows everything. A key hides its series.</p>
  <div class="charts">
    {{#each drawn}}
    <figure>
      <figcaption>
        <h3>{{title}}</h3>
        <ul class="keys">{{#each keys}}<li><button type="button" class="key series-{{colour}}" aria-pressed="true" data-series="{{name}}"><svg class="swatch" viewBox="0 0 20 8" aria-hidden="true"><path class="swatch-{{shape}}" d="M1 4h18"/></svg>{{name}}</button></li>{{/each}}</ul>
      </figcaption>
      <div class="chart" role="img" aria-label="{{label}}" data-chart="{{id}}"></div>
    </figure>
    {{/each}}
  </div>
  {{/if}}
  {{#if absent}}<p class="note charts-absent">{{absent}}</p>{{/if}}
</section>`,
  style: CHART_STYLE,
  view(input) {
    if (input.timeline.at.length === 0) {
      return { drawn: [], absent: 'No second of the run was recorded, so nothing can be drawn.' }
    }
    const specs = CHARTS.map((chart) => ({ chart, spec: specOf(chart, input) }))
    return {
      drawn: specs.flatMap(({ chart, spec }) => (spec === undefined ? [] : [figure(chart, spec.series)])),
      absent: specs.flatMap(({ chart, spec }) => (spec === undefined ? chart.absent : [])).join(' '),
    }
  },
})

function figure({ id, title, kind }: Chart, series: readonly ChartSeries[]) {
  return {
    id,
    title,
    label: `${title} over time: ${series.map(({ name }) => name).join(', ')}`,
    keys: series.map(({ name, colour, dash }) => ({
      name,
      colour,
      shape: kind === 'stack' ? 'block' : dash,
    })),
  }
}
