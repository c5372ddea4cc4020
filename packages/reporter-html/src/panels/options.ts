import { definePanel } from '../panel.ts'

/** The plan as the run carried it out, every default filled in. */
export const options = definePanel({
  name: 'options',
  template: `
<section class="panel" id="options">
  <h2>Options as resolved</h2>
  <details><summary>Show the plan</summary><pre>{{plan}}</pre></details>
</section>`,
  style: `
details pre{margin-top:var(--space-3);padding:var(--space-4);max-height:32rem;overflow:auto;background:var(--sunken);border-radius:var(--radius);font-size:var(--type-note);line-height:1.5}
@media print{details pre{max-height:none;white-space:pre-wrap;overflow-wrap:anywhere}}`,
  view: ({ manifest }) => ({ plan: JSON.stringify(manifest.plan, undefined, 2) }),
})
