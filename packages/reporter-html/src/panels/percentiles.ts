import type { MetricSummary } from 'loadbench/report'
import { count, quantity, type Quantity } from '../format.ts'
import { metricsOf, selectionsOf, tagWords } from '../measured.ts'
import { describeMetric } from '../metric-catalogue.ts'
import { definePartPanel } from '../panel.ts'

const COLUMNS: Readonly<Record<string, string>> = {
  avg: 'avg',
  min: 'min',
  med: 'med',
  'p(90)': 'p90',
  'p(95)': 'p95',
  'p(99)': 'p99',
  'p(99.9)': 'p99.9',
  max: 'max',
}

/** The percentiles of every trend. */
export const percentiles = definePartPanel({
  name: 'percentiles',
  title: 'Percentiles',
  template: `
<div class="scroll" tabindex="0" role="group" aria-labelledby="percentiles-title"><table class="percentiles numbers slotted">
  <thead><tr><th scope="col">Metric</th><th scope="col" class="number">count</th>{{#each columns}}<th scope="col" class="number">{{this}}</th>{{/each}}</tr></thead>
  {{#each groups}}
  <tbody>
    <tr class="group"><th scope="rowgroup" colspan="10">{{name}}</th></tr>
    {{#each rows}}<tr{{#if selected}} class="part"{{/if}}>
      <th scope="row">{{#if label}}{{label}}{{/if}}{{#if name}} <code{{#if label}} class="also"{{/if}}>{{name}}</code>{{/if}}{{#if unit}} <span class="note">in {{unit}}</span>{{/if}}</th>
      <td>{{count.text}}</td>{{#each cells}}<td>{{> quantity}}</td>{{/each}}</tr>{{/each}}
  </tbody>
  {{/each}}
</table></div>`,
  style: `
.percentiles{min-width:960px;--slot:22px}
.percentiles td:nth-child(2)::after,.percentiles th:nth-child(2)::after{display:none!important}
.percentiles tbody th:first-child{min-width:12em}
.group th{padding-top:var(--space-4);font-weight:600;border-bottom-color:var(--line)}
tbody:first-of-type .group th{padding-top:var(--space-2)}
.part th:first-child{padding-left:var(--space-4);color:var(--muted)}
@media (max-width:640px){
.percentiles{min-width:0}
.percentiles th:first-child{position:sticky;left:0;background:var(--surface)}
.percentiles tbody th:first-child{min-width:8.5em;width:8.5em;max-width:8.5em}
.percentiles tr.group th{max-width:none;white-space:nowrap}
.percentiles .also{display:none}
}
@media print{.percentiles{min-width:0;--slot:16px}.percentiles tbody th:first-child{min-width:9em}.percentiles .also{display:none}}`,
  view({ summary }, part) {
    const trends = metricsOf(summary, 'trend', part.tags)
    if (trends.length === 0) return undefined
    const whole = part.key === ''
    return {
      columns: Object.values(COLUMNS),
      groups: [...grouped(trends)].map(([name, metrics]) => ({
        name,
        rows: metrics.flatMap((metric) => [
          rowOf(metric),
          ...(whole ? selectionsOf(summary, metric.name).map(selectedRow) : []),
        ]),
      })),
    }
  },
})

interface Row {
  readonly label: string
  readonly name: string
  /** Named once for the row; units that change with the size of a value stand beside each. */
  readonly unit: string
  /** What a threshold selected of the metric above. */
  readonly selected: boolean
  readonly count: Quantity
  readonly cells: readonly Quantity[]
}

function rowOf(metric: MetricSummary): Row {
  return {
    ...figures(metric),
    label: describeMetric(metric.name).label,
    name: metric.name,
    unit: scales(metric.unit) ? '' : metric.unit,
    selected: false,
  }
}

function selectedRow(metric: MetricSummary): Row {
  return { ...figures(metric), label: tagWords(metric.tags), name: '', unit: '', selected: true }
}

function figures(metric: MetricSummary): Pick<Row, 'count' | 'cells'> {
  return {
    count: count(metric.count),
    cells: Object.keys(COLUMNS).map((value) =>
      quantity(exact(metric, value), scales(metric.unit) ? metric.unit : ''),
    ),
  }
}

/** How far a histogram moves a value. */
const PRECISION = 0.001

/** Tokens are counted in whole ones: what a histogram has moved is put back. */
function exact({ unit, values }: MetricSummary, name: string): number | undefined {
  const value = values[name]
  if (value === undefined || unit !== 'tok' || name === 'avg') return value
  const whole = Math.round(value)
  return Math.abs(value - whole) <= PRECISION * value ? whole : value
}

function scales(unit: MetricSummary['unit']): boolean {
  return unit === 'ms' || unit === 'bytes'
}

function grouped(trends: readonly MetricSummary[]): Map<string, MetricSummary[]> {
  const groups = new Map<string, MetricSummary[]>()
  for (const trend of trends) {
    const { group } = describeMetric(trend.name)
    groups.set(group, [...(groups.get(group) ?? []), trend])
  }
  return groups
}
