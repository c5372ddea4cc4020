import { count } from '../format.ts'
import { definePanel } from '../panel.ts'

/** What each scenario was to do and how much of it was done. */
export const scenarios = definePanel({
  name: 'scenarios',
  template: `
<section class="panel" id="scenarios">
  <h2>Scenarios</h2>
  <div class="scroll"><table>
    <thead><tr><th scope="col">Scenario</th><th scope="col">Load</th><th scope="col" class="number">started</th><th scope="col" class="number">completed</th><th scope="col" class="number">dropped</th><th scope="col" class="number">interrupted</th></tr></thead>
    <tbody>{{#each this}}<tr>
      <th scope="row"><code class="name">{{name}}</code></th>
      <td class="text">{{description}}<br><span class="note">{{executor}}</span></td>
      {{#each figures}}<td class="number">{{> quantity}}</td>{{/each}}
    </tr>{{/each}}</tbody>
  </table></div>
</section>`,
  style: `
#scenarios .name{color:var(--text)}`,
  view({ summary }) {
    if (summary.scenarios.length === 0) return undefined
    return summary.scenarios.map(
      ({ name, executor, description, started, completed, dropped, interrupted }) => ({
        name,
        executor,
        description,
        figures: [started, completed, dropped, interrupted].map(count),
      }),
    )
  },
})
