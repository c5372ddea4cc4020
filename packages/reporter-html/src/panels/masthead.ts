import type { ReportInput } from 'loadbench/report'
import { duration, moment } from '../format.ts'
import { outcomeOf } from '../outcome.ts'
import { definePanel } from '../panel.ts'
import { partsIn, slowestIn } from '../recorded.ts'
import { serversIn } from '../servers.ts'

/** What was tested, when, for how long, and how it ended. */
export const masthead = definePanel({
  name: 'masthead',
  template: `
<div class="masthead">
  <div class="masthead-title">
    <p class="note">loadbench report</p>
    <h1>{{script}}</h1>
  </div>
  <div class="masthead-outcome">
    <p class="outcome tone-{{tone}}">{{> mark tone}}{{outcome}}</p>
    <p class="note">exit code {{exitCode}}</p>
  </div>
  {{#if reason}}<p class="masthead-reason">{{reason}}</p>{{/if}}
  <dl class="facts">
    {{#each facts}}<div><dt>{{name}}</dt><dd>{{#each values}}<span class="fact">{{#if of}}<span class="quiet">{{of}}</span> {{/if}}{{#if code}}<code>{{text}}</code>{{else}}{{text}}{{/if}}</span> {{/each}}</dd></div>{{/each}}
    <div><dt>Started</dt><dd><time datetime="{{startedAt}}">{{started}}</time></dd></div>
    <div><dt>Duration</dt><dd>{{duration}}</dd></div>
    <div class="facts-id"><dt>Run</dt><dd><code>{{id}}</code></dd></div>
  </dl>
</div>`,
  style: `
.masthead{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:var(--space-4) var(--space-5);align-items:end}
.outcome{display:flex;align-items:baseline;gap:var(--space-2);font-size:var(--type-heading);font-weight:650}
.masthead-outcome{display:grid;justify-items:end}
.masthead-reason,.facts{grid-column:1/-1}
.masthead-reason{white-space:pre-wrap;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:var(--space-3) var(--space-6)}
.facts>div{min-width:0}
.facts dt{overflow-wrap:anywhere;color:var(--muted);font-size:var(--type-note)}
.facts dd{font-size:var(--type-small);overflow-wrap:anywhere}
.fact{display:block}
@media (max-width:640px){
.masthead{grid-template-columns:minmax(0,1fr)}
.masthead-outcome{display:flex;align-items:baseline;flex-wrap:wrap;gap:var(--space-1) var(--space-3)}
.facts{gap:var(--space-3) var(--space-5)}
}`,
  view(input) {
    const { run } = input.summary
    const { tone, text } = outcomeOf(run)
    return {
      script: run.script,
      tone,
      outcome: text,
      exitCode: run.exitCode,
      // The verdict below says which thresholds failed.
      reason: run.outcome === 'thresholds-failed' ? '' : (run.reason ?? ''),
      facts: tested(input),
      startedAt: run.startedAt,
      started: moment(run.startedAt),
      duration: duration(run.durationMs),
      id: run.id,
    }
  },
})

interface Fact {
  readonly name: string
  readonly values: readonly FactValue[]
}

interface FactValue {
  /** What it is of, where there are several. */
  readonly of: string
  readonly text: string
  readonly code: boolean
}

/** The addresses as they were given, then what answered there. A target without a provider is for all of them. */
function tested(input: ReportInput): readonly Fact[] {
  const servers = serversIn(input)
  const targets = Object.entries(input.manifest.targets)
  const addresses = targets.length > 0 ? targets : servers.map(({ target }) => ['*', target] as const)
  const asked = modelsAsked(input)
  const served = servers.flatMap((server) => (server.models ?? []).map(({ id }) => id))
  const models = [...new Set(asked.length > 0 ? asked : served)]
  return [
    ...targetFacts(addresses),
    ...listed('Model', 'Models', models),
    ...listed('Server', 'Servers', [
      ...new Set(servers.map(({ server, version = '' }) => `${server} ${version}`.trim())),
    ]),
  ]
}

/** Each address once, with the providers that were sent to it where there is more than one address. */
function targetFacts(targets: readonly (readonly [provider: string, address: string])[]): readonly Fact[] {
  const providers = new Map<string, string[]>()
  for (const [provider, address] of targets)
    providers.set(address, [...(providers.get(address) ?? []), ...(provider === '*' ? [] : [provider])])
  const values = Array.from(providers, ([text, names]) => ({
    of: providers.size > 1 ? names.join(', ') : '',
    text,
    code: true,
  }))
  return values.length === 0 ? [] : [{ name: values.length === 1 ? 'Target' : 'Targets', values }]
}

/** The models requests asked for, as far as their tags tell. */
function modelsAsked({ summary }: ReportInput): readonly string[] {
  return [...partsIn(summary), ...slowestIn(summary)].flatMap(({ tags }) => tags['model'] ?? [])
}

/** A server may serve hundreds of models. */
const NAMED = 3

function listed(one: string, many: string, all: readonly string[]): readonly Fact[] {
  if (all.length === 0) return []
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : ''
  const text = all.slice(0, NAMED).join(', ') + more
  return [{ name: all.length === 1 ? one : many, values: [{ of: '', text, code: false }] }]
}
