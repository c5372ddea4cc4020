import type { MetricSummary, Summary } from 'loadbench/report'
import { count, quantity, type Quantity } from '../format.ts'
import { partName, partsOf, wholesOf } from '../measured.ts'
import { describeMetric } from '../metric-catalogue.ts'
import { definePanel } from '../panel.ts'

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

/** The distribution of every trend. */
export const percentiles = definePanel({
  name: 'percentiles',
  template: `
<section class="panel" id="percentiles">
  <h2>Percentiles</h2>
  <div class="scroll"><table class="percentiles slotted">
    <thead><tr><th scope="col">Metric</th><th scope="col" class="number">count</th>{{#each columns}}<th scope="col" class="number">{{this}}</th>{{/each}}</tr></thead>
    {{#each groups}}
    <tbody>
      <tr class="group"><th scope="rowgroup" colspan="10">{{name}}</th></tr>
      {{#each rows}}<tr{{#if part}} class="part"{{/if}}>
        <th scope="row">{{#if label}}{{label}}{{/if}}{{#if name}} <code{{#if label}} class="also"{{/if}}>{{name}}</code>{{/if}}{{#if unit}} <span class="note">in {{unit}}</span>{{/if}}</th>
        <td class="number">{{> quantity count}}</td>
        {{#each cells}}<td class="number">{{> quantity}}</td>{{/each}}
      </tr>{{/each}}
    </tbody>
    {{/each}}
  </table></div>
</section>`,
  style: `
.percentiles{min-width:960px;--slot:22px}
.percentiles td:nth-child(2) .unit,.percentiles th:nth-child(2)::after{display:none!important}
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
  view({ summary }) {
    const trends = wholesOf(summary, 'trend')
    if (trends.length === 0) return undefined
    const groups = grouped(trends)
    return {
      columns: Object.values(COLUMNS),
      groups: [...groups].map(([name, metrics]) => ({
        name,
        rows: metrics.flatMap((metric) => rowsOf(summary, metric)),
      })),
    }
  },
})

interface Row {
  readonly label: string
  readonly name: string
  /** Named once for the row; units that change with the size of a value stand beside each. */
  readonly unit: string
  readonly part: boolean
  readonly count: Quantity
  readonly cells: readonly Quantity[]
}

function rowsOf(summary: Summary, whole: MetricSummary): readonly Row[] {
  const parts = partsOf(summary, whole).map((part) => ({
    ...figures(part),
    label: partName(part),
    name: '',
    unit: '',
    part: true,
  }))
  return [
    {
      ...figures(whole),
      label: describeMetric(whole.name).label,
      name: whole.name,
      unit: scales(whole.unit) ? '' : whole.unit,
      part: false,
    },
    ...parts,
  ]
}

function figures(metric: MetricSummary): Pick<Row, 'count' | 'cells'> {
  return {
    count: count(metric.count),
    cells: Object.keys(COLUMNS).map((value) =>
      quantity(metric.values[value], scales(metric.unit) ? metric.unit : ''),
    ),
  }
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
