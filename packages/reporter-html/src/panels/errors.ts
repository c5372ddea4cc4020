import type { ErrorSummary } from 'loadbench/report'
import { count, spoken, quantity } from '../format.ts'
import { definePanel } from '../panel.ts'

/** Longest example shown, in characters; servers answer with whole pages. */
const LONGEST = 1_000

/** What went wrong, by class, with the first example of each. */
export const errors = definePanel({
  name: 'errors',
  template: `
<section class="panel" id="errors">
  <h2>Errors</h2>
  <div class="scroll"><table>
    <thead><tr><th scope="col">Class</th><th scope="col" class="number">count</th><th scope="col">First example</th></tr></thead>
    <tbody>{{#each this}}<tr>
      <th scope="row"><code>{{class}}</code></th>
      <td class="number">{{> quantity count}}</td>
      <td class="text">{{#if details}}<span class="note">{{details}}</span><br>{{/if}}<code class="message">{{message}}</code>{{#if cut}} <span class="note">{{cut}}</span>{{/if}}</td>
    </tr>{{/each}}</tbody>
  </table></div>
</section>`,
  style: `
#errors th code{color:var(--text);white-space:nowrap}
.message{white-space:pre-wrap}`,
  view({ summary }) {
    if (summary.errors.length === 0) return undefined
    return summary.errors
      .toSorted((a, b) => b.count - a.count)
      .map(({ class: name, count: times, example }) => ({
        class: name,
        count: count(times),
        details: details(example),
        message: example.message.slice(0, LONGEST),
        cut:
          example.message.length > LONGEST
            ? `… ${example.message.length} characters, all of them in summary.json`
            : '',
      }))
  },
})

function details({ phase, fault, code, status, retryAfter }: ErrorSummary['example']): string {
  return [
    status === undefined ? '' : `HTTP ${status}`,
    phase === undefined ? '' : `waiting for ${phase}`,
    fault === undefined ? '' : `connection ${fault}`,
    code ?? '',
    retryAfter === undefined ? '' : `retry after ${spoken(quantity(retryAfter, 'ms'))}`,
  ]
    .filter((text) => text !== '')
    .join(' · ')
}
