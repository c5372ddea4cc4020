import type { ReportInput } from 'loadbench/report'
import { moment, quantity, spoken } from '../format.ts'
import { definePanel } from '../panel.ts'

/** Where the numbers were made, and how to make them again. */
export const environment = definePanel({
  name: 'environment',
  template: `
<section class="panel" id="environment">
  <h2>Environment</h2>
  <div class="environment">
  {{#each this}}<div><h3>{{title}}</h3><dl>{{#each facts}}<div><dt>{{name}}</dt><dd>{{#if code}}<code>{{value}}</code>{{else}}{{value}}{{/if}}</dd></div>{{/each}}</dl></div>{{/each}}
  </div>
</section>`,
  style: `
.environment{columns:2 320px;column-gap:var(--space-7)}
.environment>div{break-inside:avoid;padding-bottom:var(--space-4)}
.environment>div:last-child{padding-bottom:0}
.environment dl>div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:var(--space-4);padding:2px 0;font-size:var(--type-small)}
.environment dt{color:var(--muted);overflow-wrap:anywhere}
.environment dd{overflow-wrap:anywhere}`,
  view: (input) =>
    [
      { title: 'Run', facts: machine(input) },
      { title: 'Versions', facts: versions(input) },
      { title: 'Generator', facts: generator(input) },
    ].filter(({ facts }) => facts.length > 0),
})

interface Fact {
  readonly name: string
  readonly value: string
  readonly code: boolean
}

function fact(name: string, value: string, code = false): Fact {
  return { name, value, code }
}

function machine({ manifest }: ReportInput): readonly Fact[] {
  const { os, cpu, cores, memoryBytes } = manifest.host
  return [
    fact('Command', manifest.argv.join(' '), true),
    fact('State of the run', manifest.state),
    ...(manifest.endedAt === undefined ? [] : [fact('Ended', moment(manifest.endedAt))]),
    fact('Host', `${os}, ${cpu}, ${cores} cores, ${spoken(quantity(memoryBytes, 'bytes'))}`),
  ]
}

function versions({ manifest }: ReportInput): readonly Fact[] {
  return Object.entries(manifest.versions).map(([name, version]) => fact(name, version))
}

/** What the verdict on the generator was made from. Figures of durations end in a statistic, e.g. `_p99`. */
function generator({ summary }: ReportInput): readonly Fact[] {
  return Object.entries(summary.health.figures).map(([name, value]) =>
    fact(name, spoken(quantity(value, /^(event_loop_delay|schedule_lag|gc_pause)/.test(name) ? 'ms' : ''))),
  )
}
