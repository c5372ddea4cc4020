import type { MetricSummary, ReportInput } from 'loadbench/report'
import { count, perSecond, quantity, share, type Quantity } from '../format.ts'
import { currencyOf, metricsOf, selectionsOf, tagWords } from '../measured.ts'
import { describeMetric, isShare } from '../metric-catalogue.ts'
import { definePartPanel } from '../panel.ts'
import type { PartChoice } from '../part.ts'

type Cells = (metric: MetricSummary, currency: string) => readonly Quantity[]

interface Kind {
  readonly type: 'counter' | 'rate' | 'gauge'
  readonly caption: string
  /** Whether units stand behind the numbers. */
  readonly slot: boolean
  readonly columns: readonly string[]
  readonly cells: Cells
}

const KINDS: readonly Kind[] = [
  {
    type: 'counter',
    caption: 'Counters',
    slot: true,
    columns: ['total', 'per second'],
    cells: ({ values, unit }, currency) => [
      unit === 'bytes' || unit === 'currency'
        ? quantity(values['count'], unit, currency)
        : count(values['count']),
      perSecond(values['rate'], unit, currency),
    ],
  },
  {
    type: 'rate',
    caption: 'Rates',
    slot: false,
    columns: ['share', 'true', 'false'],
    cells: ({ values }) => [share(values['rate']), count(values['passes']), count(values['fails'])],
  },
  {
    type: 'gauge',
    caption: 'Gauges',
    slot: true,
    columns: ['last', 'min', 'max'],
    cells: ({ name, values, unit }) =>
      ['value', 'min', 'max'].map((value) =>
        isShare(name) ? share(values[value]) : quantity(values[value], unit),
      ),
  },
]

/** Counters, rates and gauges over the whole time. */
export const totals = definePartPanel({
  name: 'totals',
  title: 'Totals',
  template: `
<div class="totals">
{{#each this}}<div class="scroll" tabindex="0" role="group" aria-label="{{caption}}"><table class="numbers{{#if slot}} slotted{{/if}}">
  <caption>{{caption}}</caption>
  <thead><tr><th scope="col">Metric</th>{{#each columns}}<th scope="col" class="number">{{this}}</th>{{/each}}</tr></thead>
  <tbody>{{#each rows}}<tr{{#if selected}} class="part"{{/if}}><th scope="row">{{name}}</th>{{#each cells}}<td>{{> quantity}}</td>{{/each}}</tr>{{/each}}</tbody>
</table></div>{{/each}}
</div>`,
  style: `
.totals{columns:2 320px;column-gap:var(--space-7);margin-bottom:calc(-1*var(--space-4));--slot:36px}
.totals .scroll{margin:0;padding:0 0 var(--space-5);break-inside:avoid}`,
  view(input, part) {
    const tables = KINDS.map((kind) => ({ ...kind, rows: rowsOf(kind, input, part) })).filter(
      ({ rows }) => rows.length > 0,
    )
    return tables.length === 0 ? undefined : tables
  },
})

function rowsOf({ type, cells }: Kind, input: ReportInput, part: PartChoice) {
  const currency = currencyOf(input)
  const selected = (name: string) => (part.key === '' ? selectionsOf(input.summary, name) : [])
  return metricsOf(input.summary, type, part.tags).flatMap((metric) => [
    {
      name: describeMetric(metric.name).label || metric.name,
      selected: false,
      cells: cells(metric, currency),
    },
    ...selected(metric.name).map((one) => ({
      name: tagWords(one.tags),
      selected: true,
      cells: cells(one, currency),
    })),
  ])
}
