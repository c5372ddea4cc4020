import type { ErrorSummary } from 'loadbench/report'
import { clock, count, quantity, share, spoken } from '../format.ts'
import { valueOf } from '../measured.ts'
import { definePanel } from '../panel.ts'
import { choicesOf, type PartChoice } from '../part.ts'
import { examplesOf } from '../recorded.ts'

/** Longest message shown, in characters; servers answer with whole pages. */
const LONGEST = 1_000

/** What went wrong, by class, with examples of each. */
export const errors = definePanel({
  name: 'errors',
  template: `
<section class="panel" id="errors" aria-labelledby="errors-title">
  <h2 id="errors-title">Errors{{> scope}}</h2>
  <div class="errors">{{#each this}}
  <article class="error" aria-label="{{class}}">
    <h3><code>{{class}}</code></h3>
    <p class="error-count"><strong>{{> quantity count}}</strong>{{#if share}} <span class="note">{{share}} of requests</span>{{/if}}</p>
    <ul>{{#each examples}}<li{{#if members}} data-in="{{members}}"{{/if}}>
      <code class="message">{{message}}</code>{{#if cut}} <span class="note">{{cut}}</span>{{/if}}
      {{#if details}}<p class="note">{{details}}</p>{{/if}}
    </li>{{/each}}</ul>
  </article>{{/each}}</div>
</section>`,
  style: `
.error{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,4fr);grid-template-rows:auto 1fr;gap:0 var(--space-5);padding:var(--space-3) 0;border-top:1px solid var(--line)}
.error:first-child{border-top:0;padding-top:0}
.error ul{grid-area:1/2/3/3}
.error h3,.error-count{overflow-wrap:anywhere}
.error-count{font-size:var(--type-small)}
.error li+li{margin-top:var(--space-3)}
.error .note{overflow-wrap:anywhere}
.message{white-space:pre-wrap;font-size:var(--type-small)}
@media (max-width:640px){.error{grid-template-columns:minmax(0,1fr)}.error ul{grid-area:auto;margin-top:var(--space-2)}}`,
  view(input) {
    const { summary } = input
    if (summary.errors.length === 0) return undefined
    const choices = choicesOf(input)
    const requests = valueOf(summary, 'requests', 'count')
    return summary.errors
      .toSorted((a, b) => b.count - a.count)
      .map((error) => ({
        class: error.class,
        count: count(error.count),
        share: requests === undefined ? '' : spoken(share(error.count / requests)),
        examples: examplesIn(error, choices),
      }))
  },
})

function examplesIn(error: ErrorSummary, choices: readonly PartChoice[]) {
  return examplesOf(error).map(({ message, scenario, at, id, status, code }) => ({
    members: scenario === undefined || scenario === '' ? '' : memberOf(scenario, choices),
    message: message.slice(0, LONGEST),
    cut: message.length > LONGEST ? `… ${message.length} characters, all of them in summary.json` : '',
    details: [
      message === error.example.message ? detailsOf(error.example) : kind(status, code),
      at === undefined ? '' : `at ${clock(at)}`,
      scenario === undefined || scenario === '' ? '' : `scenario ${scenario}`,
      id === undefined || id === '' ? '' : `request ${id}`,
    ]
      .filter((text) => text !== '')
      .join(' · '),
  }))
}

/** An example knows its scenario and no other tag: parts by another tag show all of them. */
function memberOf(scenario: string, choices: readonly PartChoice[]): string {
  const indices = choices.flatMap(({ tags }, index) =>
    tags['scenario'] === undefined || tags['scenario'] === scenario ? [index] : [],
  )
  return indices.join(' ')
}

function detailsOf({ phase, fault, code, status, retryAfter }: ErrorSummary['example']): string {
  return [
    kind(status, code),
    phase === undefined ? '' : `waiting for ${phase}`,
    fault === undefined ? '' : `connection ${fault}`,
    retryAfter === undefined ? '' : `retry after ${spoken(quantity(retryAfter, 'ms'))}`,
  ]
    .filter((text) => text !== '')
    .join(' · ')
}

function kind(status: number | undefined, code: string | undefined): string {
  return [status === undefined ? '' : `HTTP ${status}`, code ?? ''].filter((text) => text !== '').join(' · ')
}
