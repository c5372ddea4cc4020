import type { FoundServer, ReportInput } from 'loadbench/report'
import { healthFigures } from '../health-figures.ts'
import { moment, plural, quantity, spoken } from '../format.ts'
import { definePanel } from '../panel.ts'
import { serversIn } from '../servers.ts'
import { commandLine } from '../shell.ts'

/** Where the numbers were made, and how to make them again. */
export const environment = definePanel({
  name: 'environment',
  template: `
<section class="panel" id="environment" aria-labelledby="environment-title">
  <h2 id="environment-title">Environment{{> scope}}</h2>
  <div class="environment">
  {{#each this}}<div><h3>{{title}}</h3><dl>{{#each facts}}<div><dt>{{name}}</dt><dd>{{#if code}}<code>{{value}}</code>{{else}}{{value}}{{/if}}</dd></div>{{/each}}</dl></div>{{/each}}
  </div>
</section>`,
  style: `
.environment{columns:2 320px;column-gap:var(--space-7)}
.environment>div{break-inside:avoid;padding-bottom:var(--space-5)}
.environment>div:last-child{padding-bottom:0}
.environment h3{overflow-wrap:anywhere;padding-bottom:var(--space-1);border-bottom:1px solid var(--line);margin-bottom:var(--space-1)}
.environment dl>div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:var(--space-4);padding:2px 0;font-size:var(--type-small)}
.environment dt{color:var(--muted);overflow-wrap:anywhere}
.environment dd{overflow-wrap:anywhere}`,
  view: (input) =>
    [
      { title: 'Run', facts: machine(input) },
      { title: 'Versions', facts: versions(input) },
      ...serversIn(input).map((server) => ({ title: `Server of ${server.provider}`, facts: served(server) })),
      // The longest last: the two columns end at about the same height.
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
    fact('Command', commandLine(manifest.argv), true),
    fact('State of the run', manifest.state),
    ...(manifest.endedAt === undefined ? [] : [fact('Ended', moment(manifest.endedAt))]),
    fact('Host', `${os}, ${cpu}, ${plural(cores, 'core')}, ${spoken(quantity(memoryBytes, 'bytes'))}`),
  ]
}

/** Models named here; a server may serve hundreds. */
const NAMED = 10

function served({ target, server, version, models = [], configuration = {} }: FoundServer): readonly Fact[] {
  const more = models.length > NAMED ? [fact('Models', `and ${models.length - NAMED} more`)] : []
  return [
    fact('Address', target, true),
    fact('Server', version === undefined ? server : `${server} ${version}`),
    ...models
      .slice(0, NAMED)
      .map(({ id, contextLength }) =>
        fact(
          'Model',
          contextLength === undefined ? id : `${id}, context of ${plural(contextLength, 'token')}`,
        ),
      ),
    ...more,
    ...Object.entries(configuration).map(([name, value]) => fact(name, String(value))),
  ]
}

function versions({ manifest }: ReportInput): readonly Fact[] {
  return Object.entries(manifest.versions).map(([name, version]) => fact(name, version))
}

/** What the verdict on the generator was made from. */
function generator({ summary }: ReportInput): readonly Fact[] {
  return healthFigures(summary.health).map(({ name, value }) => fact(name, value))
}
