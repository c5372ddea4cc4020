import { count, share } from '../format.ts'
import { definePanel } from '../panel.ts'

/** The checks of the script, those with failures first. */
export const checks = definePanel({
  name: 'checks',
  template: `
<section class="panel" id="checks">
  <h2>Checks</h2>
  <div class="scroll"><table>
    <thead><tr><th scope="col">Check</th><th scope="col" class="number">passed</th><th scope="col" class="number">failed</th><th scope="col" class="number">share passed</th></tr></thead>
    <tbody>{{#each this}}<tr>
      <th scope="row"><span class="check"><span class="tone-{{tone}}">{{> mark tone}}</span><span>{{name}}<span class="hidden">{{said}}</span></span></span></th>
      <td class="number">{{> quantity passes}}</td><td class="number">{{> quantity fails}}</td><td class="number">{{> quantity share}}</td>
    </tr>{{/each}}</tbody>
  </table></div>
</section>`,
  style: `
.check{display:flex;gap:var(--space-2);align-items:baseline;overflow-wrap:anywhere;min-width:9em}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`,
  view({ summary }) {
    if (summary.checks.length === 0) return undefined
    return summary.checks
      .toSorted((a, b) => Number(b.fails > 0) - Number(a.fails > 0))
      .map(({ name, passes, fails }) => ({
        name,
        tone: fails > 0 ? 'fail' : 'pass',
        said: fails > 0 ? ' failed' : ' passed',
        passes: count(passes),
        fails: count(fails),
        share: share(passes + fails > 0 ? passes / (passes + fails) : undefined),
      }))
  },
})
