import type { ReportInput, Summary } from 'loadbench/report'
import {
  MISSING,
  count,
  perSecond,
  plural,
  quantity,
  round,
  share,
  spoken,
  type Quantity,
} from '../format.ts'
import { metricOf, valueOf } from '../measured.ts'
import { definePartPanel } from '../panel.ts'
import type { PartChoice } from '../part.ts'

/** The six figures a reader looks for first. */
export const headline = definePartPanel({
  name: 'headline',
  title: '',
  template: `
<dl class="headline">
  {{#each this}}<div><dt>{{name}}</dt><dd>{{> quantity figure}}</dd>{{#each notes}}<dd class="note">{{this}}</dd>{{/each}}</div>{{/each}}
</dl>`,
  style: `
.panel#headline{border-top:0;padding-top:var(--space-4)}
.headline{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));row-gap:var(--space-4)}
.headline>div{padding:0 var(--space-4);border-left:1px solid var(--line)}
.headline>div:first-child{padding-left:0;border-left:0}
.headline dt{color:var(--muted);font-size:var(--type-small)}
.headline dd{font-size:var(--type-figure);line-height:1.25;font-weight:650;letter-spacing:-.02em;white-space:nowrap}
.headline i{font-size:var(--type-small);font-weight:400;letter-spacing:0}
.headline dd.note{font-size:var(--type-note);line-height:1.45;font-weight:400;letter-spacing:0;white-space:normal}
@media (max-width:1000px){.headline{grid-template-columns:repeat(3,minmax(0,1fr))}.headline>div:nth-child(3n+1){padding-left:0;border-left:0}}
@media (max-width:640px){.headline{grid-template-columns:repeat(2,minmax(0,1fr))}
.headline>div:nth-child(n){padding:0 var(--space-3);border-left:1px solid var(--line)}
.headline>div:nth-child(2n+1){padding-left:0;border-left:0}}`,
  view(input, part) {
    const has = (metric: string) => metricOf(input.summary, metric, part.tags) !== undefined
    if (!has('requests') && has('http_reqs')) return plainHttp(input, part)
    return [
      latency(input, part, 'TTFT', 'ttft'),
      !has('itl') && has('tpot') ? latency(input, part, 'TPOT', 'tpot') : latency(input, part, 'ITL', 'itl'),
      rate(input, part, 'Output', 'output_tokens', 'tok'),
      rate(input, part, 'Requests', 'requests', ''),
      success(input, part),
      lost(input.summary, part),
    ]
  },
})

interface Tile {
  readonly name: string
  readonly figure: Quantity
  /** Lines below the figure. */
  readonly notes: readonly string[]
}

function latency({ summary }: ReportInput, { tags }: PartChoice, name: string, metric: string): Tile {
  const at = (value: string) => quantity(valueOf(summary, metric, value, tags), 'ms')
  const measured = metricOf(summary, metric, tags) !== undefined
  return {
    name: `${name} p95`,
    figure: at('p(95)'),
    notes: measured ? [`median ${spoken(at('med'))}`, `p99 ${spoken(at('p(99)'))}`] : ['no data'],
  }
}

function rate(
  { summary }: ReportInput,
  { tags }: PartChoice,
  name: string,
  metric: string,
  unit: 'tok' | '',
): Tile {
  const total = valueOf(summary, metric, 'count', tags)
  return {
    name,
    figure: perSecond(valueOf(summary, metric, 'rate', tags), unit),
    notes: [total === undefined ? 'no data' : plural(total, unit === 'tok' ? 'token' : 'request')],
  }
}

function success({ summary, manifest: { plan } }: ReportInput, { tags }: PartChoice): Tile {
  const goodput = valueOf(summary, 'goodput', 'rate', tags)
  const failed = valueOf(summary, 'request_failed', 'rate', tags)
  if (goodput === undefined) return failures(summary, tags, 'request_failed')
  const bounds = Object.entries(plan.slo).map(
    ([metric, bound]) => `${metric} ≤ ${spoken(round(bound, 'ms'))}`,
  )
  return { name: 'Goodput', figure: share(goodput), notes: [...bounds, `${spoken(share(failed))} failed`] }
}

function failures(summary: Summary, tags: PartChoice['tags'], metric: string): Tile {
  const fails = valueOf(summary, metric, 'passes', tags)
  return {
    name: 'Failed requests',
    figure: share(valueOf(summary, metric, 'rate', tags)),
    notes: [fails === undefined ? 'no data' : plural(fails, 'request')],
  }
}

/** Where no model was asked anything. */
function plainHttp(input: ReportInput, part: PartChoice): readonly Tile[] {
  const { summary } = input
  const received = valueOf(summary, 'data_received', 'count', part.tags)
  return [
    latency(input, part, 'Duration', 'http_req_duration'),
    latency(input, part, 'Waiting', 'http_req_waiting'),
    {
      name: 'Received',
      figure: perSecond(valueOf(summary, 'data_received', 'rate', part.tags), 'bytes'),
      notes: [received === undefined ? 'no data' : spoken(quantity(received, 'bytes'))],
    },
    rate(input, part, 'Requests', 'http_reqs', ''),
    failures(summary, part.tags, 'http_req_failed'),
    lost(summary, part),
  ]
}

/**
 * Iterations that were due and not carried through: load that was asked for and not delivered. Only
 * scenarios know; a part by another tag has none of its own.
 */
function lost({ scenarios }: Summary, { tags }: PartChoice): Tile {
  const name = 'Dropped + interrupted'
  const names = Object.keys(tags)
  const own = scenarios.filter((scenario) => names.length === 0 || scenario.name === tags['scenario'])
  if (own.length === 0 || names.some((tag) => tag !== 'scenario')) {
    return { name, figure: MISSING, notes: [names.length === 0 ? 'no data' : 'not known by part'] }
  }
  const sum = (of: 'dropped' | 'interrupted') => own.reduce((total, scenario) => total + scenario[of], 0)
  const [dropped, interrupted] = [sum('dropped'), sum('interrupted')]
  return {
    name,
    figure: count(dropped + interrupted),
    notes:
      dropped + interrupted === 0
        ? []
        : [`${spoken(count(dropped))} dropped`, `${spoken(count(interrupted))} interrupted`],
  }
}
