import type { ReportInput, Summary } from 'loadbench/report'
import { MISSING, count, perSecond, plural, quantity, share, spoken, type Quantity } from '../format.ts'
import { valueOf, wholeOf } from '../measured.ts'
import { definePanel } from '../panel.ts'

/** The six figures a reader looks for first. */
export const headline = definePanel({
  name: 'headline',
  template: `
<dl class="headline">
  {{#each this}}<div><dt>{{name}}</dt><dd>{{> quantity figure}}</dd>{{#each notes}}<dd class="note">{{this}}</dd>{{/each}}</div>{{/each}}
</dl>`,
  style: `
.headline{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:var(--radius);overflow:hidden}
.headline>div{background:var(--surface);padding:var(--space-3) var(--space-4)}
.headline dt{color:var(--muted);font-size:var(--type-small)}
.headline dd{font-size:var(--type-figure);line-height:1.3;font-weight:650;white-space:nowrap}
.headline .unit{font-size:var(--type-small);font-weight:400}
.headline dd.note{font-size:var(--type-note);line-height:1.4;font-weight:400;white-space:normal}
@media (max-width:1000px){.headline{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media (max-width:640px){.headline{grid-template-columns:repeat(2,minmax(0,1fr))}}`,
  view: ({ summary, manifest }) => [
    latency(summary, 'TTFT', 'ttft'),
    wholeOf(summary, 'itl') === undefined && wholeOf(summary, 'tpot') !== undefined
      ? latency(summary, 'TPOT', 'tpot')
      : latency(summary, 'ITL', 'itl'),
    rate(summary, 'Output', 'output_tokens', 'tok'),
    rate(summary, 'Requests', 'requests', ''),
    success(summary, manifest.plan.slo),
    lost(summary),
  ],
})

interface Tile {
  readonly name: string
  readonly figure: Quantity
  /** Lines below the figure. */
  readonly notes: readonly string[]
}

function latency(summary: Summary, name: string, metric: string): Tile {
  const at = (value: string) => quantity(valueOf(summary, metric, value), 'ms')
  const measured = wholeOf(summary, metric) !== undefined
  return {
    name: `${name} p95`,
    figure: at('p(95)'),
    notes: measured ? [`median ${spoken(at('med'))}`, `p99 ${spoken(at('p(99)'))}`] : ['no data'],
  }
}

function rate(summary: Summary, name: string, metric: string, unit: 'tok' | ''): Tile {
  const total = valueOf(summary, metric, 'count')
  return {
    name,
    figure: perSecond(valueOf(summary, metric, 'rate'), unit),
    notes: [total === undefined ? 'no data' : plural(total, unit === 'tok' ? 'token' : 'request')],
  }
}

function success(summary: Summary, slo: ReportInput['manifest']['plan']['slo']): Tile {
  const goodput = valueOf(summary, 'goodput', 'rate')
  const failed = valueOf(summary, 'request_failed', 'rate')
  if (goodput === undefined) {
    const fails = valueOf(summary, 'request_failed', 'passes')
    return {
      name: 'Failed requests',
      figure: share(failed),
      notes: [fails === undefined ? 'no data' : plural(fails, 'request')],
    }
  }
  const bounds = Object.entries(slo).map(([metric, bound]) => `${metric} ≤ ${spoken(quantity(bound, 'ms'))}`)
  return { name: 'Goodput', figure: share(goodput), notes: [...bounds, `${spoken(share(failed))} failed`] }
}

/** Iterations that were due and not carried through: load that was asked for and not delivered. */
function lost({ scenarios }: Summary): Tile {
  const name = 'Dropped + interrupted'
  if (scenarios.length === 0) return { name, figure: MISSING, notes: ['no data'] }
  const sum = (of: 'dropped' | 'interrupted') =>
    scenarios.reduce((total, scenario) => total + scenario[of], 0)
  const [dropped, interrupted] = [sum('dropped'), sum('interrupted')]
  return {
    name,
    figure: count(dropped + interrupted),
    notes: [`${spoken(count(dropped))} dropped`, `${spoken(count(interrupted))} interrupted`],
  }
}
