import type { MetricSummary, ReportInput } from 'loadbench/report'
import { count, perSecond, quantity, share, type Quantity } from '../format.ts'
import { currencyOf, partName, partsOf, wholesOf } from '../measured.ts'
import { describeMetric } from '../metric-catalogue.ts'
import { definePanel } from '../panel.ts'

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
    cells: ({ values, unit }) => ['value', 'min', 'max'].map((value) => quantity(values[value], unit)),
  },
]

/** Counters, rates and gauges over the whole run. */
export const totals = definePanel({
  name: 'totals',
  template: `
<section class="panel" id="totals">
  <h2>Totals</h2>
  <div class="totals">
  {{#each this}}<div class="scroll"><table{{#if slot}} class="slotted"{{/if}}>
    <caption>{{caption}}</caption>
    <thead><tr><th scope="col">Metric</th>{{#each columns}}<th scope="col" class="number">{{this}}</th>{{/each}}</tr></thead>
    <tbody>{{#each rows}}<tr{{#if part}} class="part"{{/if}}><th scope="row">{{name}}</th>{{#each cells}}<td class="number">{{> quantity}}</td>{{/each}}</tr>{{/each}}</tbody>
  </table></div>{{/each}}
  </div>
</section>`,
  style: `
.totals{columns:2 320px;column-gap:var(--space-7);margin-bottom:calc(-1*var(--space-4));--slot:36px}
.totals .scroll{margin:0;padding:0 0 var(--space-5);break-inside:avoid}`,
  view(input) {
    const tables = KINDS.map((kind) => ({ ...kind, rows: rowsOf(kind, input) })).filter(
      ({ rows }) => rows.length > 0,
    )
    return tables.length === 0 ? undefined : tables
  },
})

function rowsOf({ type, cells }: Kind, input: ReportInput) {
  const currency = currencyOf(input)
  return wholesOf(input.summary, type).flatMap((whole) => [
    { name: describeMetric(whole.name).label || whole.name, part: false, cells: cells(whole, currency) },
    ...partsOf(input.summary, whole).map((part) => ({
      name: partName(part),
      part: true,
      cells: cells(part, currency),
    })),
  ])
}
