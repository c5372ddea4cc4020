import { definePanel } from '../panel.ts'

/** What a reader must know beside the numbers. */
export const warnings = definePanel({
  name: 'warnings',
  template: `
<section class="panel warnings" id="warnings">
  <h2 class="tone-warn">{{> mark tone}}{{title}}</h2>
  <ul>{{#each warnings}}<li>{{this}}</li>{{/each}}</ul>
</section>`,
  style: `
.warnings{background:var(--warn-ground);border-color:var(--warn)}
.warnings h2{display:flex;align-items:baseline;gap:var(--space-2);margin-bottom:var(--space-2)}
.warnings li{overflow-wrap:anywhere}
.warnings li+li{margin-top:var(--space-1)}`,
  view({ summary: { warnings: list } }) {
    if (list.length === 0) return undefined
    return { tone: 'warn', title: list.length === 1 ? 'Warning' : `${list.length} warnings`, warnings: list }
  },
})
