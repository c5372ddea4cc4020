import { count, share } from '../format.ts'
import { definePanel } from '../panel.ts'

/** The checks of the script, those with failures first. */
export const checks = definePanel({
  name: 'checks',
  template: `
<section class="panel" id="checks" aria-labelledby="checks-title">
  <h2 id="checks-title">Checks{{> scope}}</h2>
  <div class="scroll" tabindex="0" role="group" aria-labelledby="checks-title"><table>
    <thead><tr><th scope="col">Check</th><th scope="col" class="number">passed</th><th scope="col" class="number">failed</th><th scope="col" class="number">share passed</th></tr></thead>
    <tbody>{{#each this}}<tr{{#if instead}} class="failing"{{/if}}>
      <th scope="row"><span class="check"><span class="tone-{{tone}}">{{> mark tone}}</span><span>{{name}}<span class="hidden">{{said}}</span></span></span></th>
      <td class="number">{{> quantity passes}}</td><td class="number">{{> quantity fails}}</td><td class="number">{{> quantity share}}</td>
    </tr>{{#if instead}}<tr><td colspan="4" class="instead note">what came instead: <code>{{instead}}</code></td></tr>{{/if}}{{/each}}</tbody>
  </table></div>
</section>`,
  style: `
#checks table{max-width:960px}
.check{display:flex;gap:var(--space-2);align-items:baseline;overflow-wrap:anywhere;min-width:9em}
.failing>*{border-bottom:0;padding-bottom:0}
td.instead{padding:0 0 7px calc(1em + var(--space-2) + 2px);overflow-wrap:anywhere}`,
  view({ summary }) {
    if (summary.checks.length === 0) return undefined
    return summary.checks
      .toSorted((a, b) => Number(b.fails > 0) - Number(a.fails > 0))
      .map((check) => ({
        name: check.name,
        tone: check.fails > 0 ? 'fail' : 'pass',
        said: check.fails > 0 ? ' failed' : ' passed',
        instead: check.example ?? '',
        passes: count(check.passes),
        fails: count(check.fails),
        share: share(
          check.passes + check.fails > 0 ? check.passes / (check.passes + check.fails) : undefined,
        ),
      }))
  },
})
