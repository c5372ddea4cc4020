import { count, quantity } from '../format.ts'
import { tagWords } from '../measured.ts'
import { definePanel } from '../panel.ts'
import { choicesOf, membership } from '../part.ts'
import { slowestIn } from '../recorded.ts'
import { clockOf, lengthOf } from '../run-clock.ts'

/** The requests that took longest, by which they are found in the samples and in the server's log. */
export const slowest = definePanel({
  name: 'slowest',
  template: `
<section class="panel" id="slowest" aria-labelledby="slowest-title">
  <h2 id="slowest-title">Slowest requests</h2>
  <div class="scroll" tabindex="0" role="group" aria-labelledby="slowest-title"><table class="slotted slowest">
    <thead><tr><th scope="col" class="number">Duration</th><th scope="col" class="number">TTFT</th><th scope="col" class="number plain">tokens</th><th scope="col" class="number plain">at</th><th scope="col">Request</th>{{#if parted}}<th scope="col">Part</th>{{/if}}<th scope="col">Outcome</th></tr></thead>
    <tbody>{{#each requests}}<tr data-in="{{members}}">
      <td class="number">{{> quantity duration}}</td>
      <td class="number">{{> quantity ttft}}</td>
      <td class="number plain">{{> quantity tokens}}</td>
      <td class="number plain">{{at}}</td>
      <th scope="row"><code>{{id}}</code></th>
      {{#if ../parted}}<td class="text">{{part}}</td>{{/if}}
      <td><span class="verdict tone-{{tone}}">{{> mark tone}}{{outcome}}</span></td>
    </tr>{{/each}}</tbody>
  </table></div>
  {{> none}}
</section>`,
  style: `
.slowest{--slot:22px;max-width:960px}
.slowest .plain::after{display:none!important}
.slowest .verdict{font-weight:400}
@media (max-width:640px){.slowest{min-width:780px}}`,
  view(input) {
    const choices = choicesOf(input)
    const { listed } = clockOf(lengthOf(input.timeline))
    const list = slowestIn(input.summary)
    if (list.length === 0) return undefined
    const telling = tellingOf(list.map(({ scenario, tags }) => ({ scenario, ...tags })))
    const requests = list.map(({ id, at, duration, ttft, outputTokens, scenario, tags, outcome, error }) => ({
      members: membership({ ...tags, scenario }, choices),
      id,
      at: listed(at),
      duration: quantity(duration, 'ms'),
      ttft: quantity(ttft, 'ms'),
      tokens: count(outputTokens),
      part: tagWords(telling({ scenario, ...tags })),
      tone: outcome === 'ok' ? 'pass' : 'fail',
      outcome: outcome === 'ok' ? 'answered' : (error ?? 'failed'),
    }))
    return { requests, parted: requests.some(({ part }) => part !== '') }
  },
})

type Tags = Readonly<Record<string, string>>

/** Leaves out tags that all have in common: they tell nothing of one. */
function tellingOf(all: readonly Tags[]): (tags: Tags) => Tags {
  return (tags) =>
    Object.fromEntries(
      Object.entries(tags).filter(
        ([name, value]) => value !== '' && all.some((other) => other[name] !== value),
      ),
    )
}
