import { count } from '../format.ts'
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
      <td class="text">{{description}}<br><span class="note">{{executor}}</span></td>
      {{#each figures}}<td class="number">{{> quantity}}</td>{{/each}}
    </tr>{{/each}}</tbody>
  </table></div>
  {{> none}}
</section>`,
  style: `
#scenarios .name{color:var(--text)}`,
  view(input) {
    const { summary } = input
    if (summary.scenarios.length === 0) return undefined
    const choices = choicesOf(input)
    return summary.scenarios.map(
      ({ name, executor, description, started, completed, dropped, interrupted }) => ({
        members: membership({ scenario: name }, choices),
        name,
        executor,
        description,
        figures: [started, completed, dropped, interrupted].map(count),
      }),
    )
  },
})
