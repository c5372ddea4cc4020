import { specOf } from '../chart.ts'
import { CHARTS, markersOf } from '../charts.ts'
import { plural } from '../format.ts'
import { definePanel } from '../panel.ts'
import { WHOLE } from '../part.ts'
import { markersIn } from '../recorded.ts'
import { clockOf, lengthOf } from '../run-clock.ts'
import { CHART_STYLE } from '../style/chart.ts'

/** The run over time. The page's script draws into the empty boxes and fills in their keys. */
export const charts = definePanel({
  name: 'charts',
  template: `
<section class="panel" id="charts" aria-labelledby="charts-title">
  <h2 id="charts-title">Over time</h2>
  {{#if drawn}}
  <noscript><p class="note">The charts need JavaScript. Every table on this page is complete without it.</p></noscript>
  <div class="zoom screen-only" role="group" aria-label="Time shown" hidden>
    <div class="zoom-row">
      <p class="zoom-range" role="status"></p>
      <div class="zoom-buttons"><button type="button" data-zoom="earlier" aria-label="Earlier">←</button><button type="button" data-zoom="later" aria-label="Later">→</button><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="all">Whole time</button></div>
    </div>
    <div class="overview" aria-hidden="true"></div>
    <p class="note zoom-hint">Drag across the strip to choose a time, in all charts at once. In a chart: Ctrl and wheel zooms, dragging moves, a double click shows the whole time. A key hides its series.</p>
  </div>
  <p class="note chart-missing" hidden>This part has no charts: a report holds those of the first parts only. Its tables are complete.</p>
  <div class="charts">
    {{#each drawn}}{{> figure}}{{/each}}
  {{#if markers}}<div class="markers"><h3>Marked in the charts{{> scope}}</h3>
  <ol>{{#each markers}}<li class="marker-{{kind}}"><span class="marker-at">{{at}}</span> <span>{{label}}</span></li>{{/each}}</ol>{{#if unmarked}}<p class="note">{{unmarked}}</p>{{/if}}</div>{{/if}}
  </div>
  {{> undrawn}}
  {{/if}}
  {{#if absent}}<p class="note charts-absent">{{absent}}</p>{{/if}}
</section>`,
  style: CHART_STYLE,
  view(input) {
    if (input.timeline.at.length === 0) {
      return {
        drawn: [],
        markers: [],
        unmarked: '',
        absent: 'No second of the run was recorded, so nothing can be drawn.',
      }
    }
    const markers = markersOf(input)
    const { listed } = clockOf(lengthOf(input.timeline))
    const unmarked = markersIn(input.timeline).length - markers.length
    const specs = CHARTS.map((chart) => ({ chart, spec: specOf(chart, input, WHOLE) }))
    return {
      drawn: specs.flatMap(({ chart: { id, title }, spec }) => (spec === undefined ? [] : { id, title })),
      unmarked: unmarked === 0 ? '' : `${plural(unmarked, 'more moment')} would have hidden the charts.`,
      markers: markers.map(({ at, kind, label }) => ({ at: listed(at), kind, label })),
      absent: specs
        .flatMap(({ chart, spec }) => (spec === undefined && chart.absent !== '' ? chart.absent : []))
        .join(' '),
    }
  },
})
