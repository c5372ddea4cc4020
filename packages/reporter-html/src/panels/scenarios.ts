import type { ScenarioSummary } from 'loadbench/report'
import { count, quantity, share, spoken } from '../format.ts'
import { definePanel } from '../panel.ts'
import { choicesOf, membership } from '../part.ts'

/** What each scenario was to do and how much of it was done. */
export const scenarios = definePanel({
  name: 'scenarios',
  template: `
<section class="panel" id="scenarios" aria-labelledby="scenarios-title">
  <h2 id="scenarios-title">Scenarios</h2>
  <div class="scroll" tabindex="0" role="group" aria-labelledby="scenarios-title"><table>
    <thead><tr><th scope="col">Scenario</th><th scope="col">Load</th><th scope="col" class="number">started</th><th scope="col" class="number">completed</th><th scope="col" class="number">dropped</th><th scope="col" class="number">interrupted</th></tr></thead>
    <tbody>{{#each this}}<tr data-in="{{members}}">
      <th scope="row"><code class="name">{{name}}</code></th>
      <td class="text">{{description}}<br><span class="note">{{executor}}</span>{{#if delivered}}<br><span class="delivered{{#if lacking}} tone-warn{{/if}}">{{delivered}}</span>{{/if}}</td>
      {{#each figures}}<td class="number" data-label="{{label}}">{{> quantity figure}}</td>{{/each}}
    </tr>{{/each}}</tbody>
  </table></div>
  {{> none}}
</section>`,
  style: `
#scenarios .name{color:var(--text)}
#scenarios .delivered{font-size:var(--type-note)}
@media (max-width:640px){
#scenarios thead{display:none}
#scenarios tr:not([hidden]){display:grid;grid-template-columns:repeat(4,auto);justify-content:space-between;gap:var(--space-1) var(--space-3);border-bottom:1px solid var(--line);padding:var(--space-3) 0}
#scenarios tr:last-child{border-bottom:0}
#scenarios tr>*{border:0;padding:0}
#scenarios tr>:not(.number){grid-column:1/-1}
#scenarios .number{text-align:left}
#scenarios .number::before{content:attr(data-label);display:block;color:var(--muted);font-size:var(--type-note)}
}`,
  view(input) {
    const { summary } = input
    if (summary.scenarios.length === 0) return undefined
    const choices = choicesOf(input)
    return summary.scenarios.map((scenario) => {
      const { name, executor, description, started, completed, dropped, interrupted } = scenario
      return {
        members: membership({ scenario: name }, choices),
        name,
        executor,
        description,
        ...deliveredOf(scenario),
        figures: Object.entries({ started, completed, dropped, interrupted }).map(([label, amount]) => ({
          label,
          figure: count(amount),
        })),
      }
    })
  },
})

/** Less than this share of the scheduled starts is not the load of the scenario any more. */
const WHOLE = 0.99

/** What came about of an arrival rate; nothing of other executors. */
function deliveredOf({ started, dropped, delivery }: ScenarioSummary) {
  if (delivery === undefined) return { delivered: '', lacking: false }
  const { intended, intendedRate, achievedRate, late } = delivery
  const rates = `${quantity(achievedRate, '/s').text} of ${spoken(quantity(intendedRate, '/s'))} started`
  // One start less is the rounding of the end.
  const lacking = started < WHOLE * intended && (dropped > 0 || intended - started > 1)
  const lateness = late === 0 ? '' : `, ${spoken(count(late))} more than 100 ms late`
  return { delivered: `${rates} (${spoken(share(started / intended))})${lateness}`, lacking }
}
