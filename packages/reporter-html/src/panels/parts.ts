import type { ReportInput } from 'loadbench/report'
import { count, quantity, share, type Quantity } from '../format.ts'
import { metricOf, valueOf } from '../measured.ts'
import { definePanel } from '../panel.ts'
import { choicesOf, WHOLE, type PartChoice } from '../part.ts'

type Value = (value: string) => number | undefined

interface Column {
  readonly name: string
  readonly metric: string
  readonly cell: (value: Value) => Quantity
}

const latency = (name: string, metric: string, percentile: string): Column => ({
  name,
  metric,
  cell: (value) => quantity(value(percentile), 'ms'),
})

/** What parts are compared by. */
const COLUMNS: readonly Column[] = [
  { name: 'requests', metric: 'requests', cell: (value) => count(value('count')) },
  { name: 'failed', metric: 'request_failed', cell: (value) => share(value('rate')) },
  { name: 'goodput', metric: 'goodput', cell: (value) => share(value('rate')) },
  latency('TTFT p50', 'ttft', 'med'),
  latency('TTFT p95', 'ttft', 'p(95)'),
  latency('TTFT p99', 'ttft', 'p(99)'),
  latency('ITL p95', 'itl', 'p(95)'),
  latency('E2E p95', 'e2e_latency', 'p(95)'),
  { name: 'HTTP requests', metric: 'http_reqs', cell: (value) => count(value('count')) },
  { name: 'HTTP failed', metric: 'http_req_failed', cell: (value) => share(value('rate')) },
  latency('HTTP p95', 'http_req_duration', 'p(95)'),
  // Not by the second: a part, such as a stage, need not have lasted as long as the run.
  { name: 'output tokens', metric: 'output_tokens', cell: (value) => count(value('count')) },
]

/** The parts beside each other, one table for each tag. */
export const parts = definePanel({
  name: 'parts',
  template: `
<section class="panel" id="parts" aria-labelledby="parts-title">
  <h2 id="parts-title">Part by part{{> scope}}</h2>
  {{#each groups}}<div class="scroll" tabindex="0" role="group" aria-label="{{caption}}"><table class="parts numbers slotted">
    <caption>{{caption}}</caption>
    <thead><tr><th scope="col">{{tag}}</th>{{#each columns}}<th scope="col" class="number">{{this}}</th>{{/each}}</tr></thead>
    <tbody>{{#each rows}}<tr data-row="{{index}}"><th scope="row">{{#if whole}}{{name}}{{else}}<a href="#part={{address}}">{{name}}</a>{{/if}}</th>{{#each cells}}<td>{{> quantity}}</td>{{/each}}</tr>{{/each}}</tbody>
  </table></div>{{/each}}
</section>`,
  style: `
.parts{min-width:960px;--slot:22px}
.parts thead th{white-space:normal;vertical-align:bottom}
.parts thead .number{padding-right:calc(var(--space-2) + var(--slot))}
.parts thead .number:last-child{padding-right:var(--slot)}
.parts thead .number::after{display:none!important}
.parts :is(th,td):not(:first-child):not(:last-child){padding-left:var(--space-2)}
.parts td:not(:last-child){padding-right:var(--space-2)}
.scroll+.scroll .parts{margin-top:var(--space-5)}
.parts tbody th a{color:var(--text);text-decoration-color:var(--edge);text-underline-offset:3px}
.parts tbody tr:last-child{color:var(--muted)}
.parts tr.is-chosen{background:var(--chosen-ground)}
@media (max-width:640px){.parts th:first-child{position:sticky;left:0;background:var(--surface);width:8.5em;min-width:8.5em;max-width:8.5em}.parts tr.is-chosen th:first-child{background:var(--chosen-ground)}}
@media print{.parts{min-width:0;--slot:14px}}`,
  view(input) {
    const choices = choicesOf(input)
    if (choices.length === 1) return undefined
    const tags = [...new Set(choices.slice(1).map(({ group }) => group))]
    return { groups: tags.map((tag) => groupOf(input, choices, tag)) }
  },
})

/** The parts by one tag, compared by what was measured of any of them. */
function groupOf(input: ReportInput, choices: readonly PartChoice[], tag: string) {
  const own = choices.filter(({ group }) => group === tag)
  const columns = COLUMNS.filter(({ metric }) =>
    own.some(({ tags }) => metricOf(input.summary, metric, tags) !== undefined),
  )
  return {
    tag,
    caption: `By ${tag}`,
    columns: columns.map(({ name }) => name),
    rows: [
      ...choices.flatMap((part, index) => (part.group === tag ? [rowOf(input, columns, part, index)] : [])),
      rowOf(input, columns, WHOLE, 0),
    ],
  }
}

function rowOf({ summary }: ReportInput, columns: readonly Column[], part: PartChoice, index: number) {
  return {
    index,
    whole: index === 0,
    name: index === 0 ? part.label : part.value,
    address: encodeURIComponent(part.key),
    cells: columns.map(({ metric, cell }) => cell((value) => valueOf(summary, metric, value, part.tags))),
  }
}
