import { definePanel } from '../panel.ts'

/** What a reader must know beside the numbers. */
export const warnings = definePanel({
  name: 'warnings',
  template: `
<section class="panel warnings" id="warnings" aria-label="Warnings">
  <h2 class="tone-warn">{{> mark tone}}{{title}}{{> scope}}</h2>
  <ul>{{#each warnings}}<li>{{this}}</li>{{/each}}</ul>
</section>`,
  style: `
.panel.warnings{background:var(--warn-ground);border:1px solid var(--line);border-left:4px solid var(--warn);border-radius:var(--radius);padding:var(--space-3) var(--space-4)}
.warnings h2{font-size:var(--type-text);display:flex;align-items:baseline;gap:var(--space-2);margin-bottom:var(--space-1)}
.warnings li{font-size:var(--type-small);overflow-wrap:anywhere}
.warnings li+li{margin-top:var(--space-1)}`,
  view({ summary: { warnings: list } }) {
    if (list.length === 0) return undefined
    return { tone: 'warn', title: list.length === 1 ? 'Warning' : `${list.length} warnings`, warnings: list }
  },
})
