import type { ReportInput } from 'loadbench/report'
import { choicesOf } from './part.ts'
import { compile } from './template.ts'

/** Sections one may jump to. */
const SECTIONS: readonly (readonly [id: string, name: string])[] = [
  ['thresholds', 'Thresholds'],
  ['charts', 'Over time'],
  ['distributions', 'Distributions'],
  ['parts', 'Parts'],
  ['percentiles', 'Percentiles'],
  ['errors', 'Errors'],
  ['slowest', 'Slowest'],
  ['environment', 'Environment'],
]

const template = compile(`
<section class="bar" aria-label="What is shown"><div class="bar-inner">
  {{#if groups}}<div class="choice screen-only" hidden><label for="part">Show</label>
    <select id="part"><option value="0" data-key="">Whole run</option>{{#each groups}}<optgroup label="{{name}}">{{#each parts}}<option value="{{index}}" data-key="{{key}}">{{label}}</option>{{/each}}</optgroup>{{/each}}</select>
  </div>
  <p class="chosen hidden" role="status"></p>{{/if}}
  <nav class="screen-only" aria-label="Sections">{{#each sections}}<a href="#{{id}}">{{name}}</a>{{/each}}</nav>
</div></section>`)

/**
 * The bar that stays in sight: which part of the run is shown, and the way to each section.
 * @param shown ids of the sections the page has
 */
export function renderBar(input: ReportInput, shown: ReadonlySet<string>): string {
  const parts = choicesOf(input)
    .map(({ key, group, label }, index) => ({ key, group, label, index }))
    .slice(1)
  const groups = [...new Set(parts.map(({ group }) => group))]
  return template({
    groups: groups.map((name) => ({ name, parts: parts.filter(({ group }) => group === name) })),
    sections: SECTIONS.filter(([id]) => shown.has(id)).map(([id, name]) => ({ id, name })),
  })
}

/** The choice has no use without JavaScript and is hidden until the page's script shows it. */
export const BAR_CSS = `
.bar{position:sticky;top:0;z-index:3;background:var(--surface);border-bottom:1px solid var(--line)}
.bar-inner{max-width:var(--width);margin:0 auto;padding:0 var(--gutter);min-height:48px;display:flex;align-items:center;gap:var(--space-2) var(--space-6)}
.choice:not([hidden]){display:flex;align-items:center;gap:var(--space-2);min-width:0}
.choice label{font-size:var(--type-small);color:var(--muted)}
.choice select{font:inherit;font-size:var(--type-small);font-weight:600;color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:var(--radius);padding:var(--space-1) var(--space-2);min-height:32px;min-width:0;max-width:280px;text-overflow:ellipsis}
:root[data-part] .choice select{background:var(--chosen-ground);border-color:var(--series-1)}
.bar nav{display:flex;gap:var(--space-5);margin-left:auto;font-size:var(--type-small);white-space:nowrap;overflow-x:auto}
.bar-inner:not(:has(.choice)) nav{margin-left:0}
.bar nav a{color:var(--muted);text-decoration:none;padding:var(--space-2) 0}
.bar nav a:hover{color:var(--text);text-decoration:underline}
@media (max-width:900px){.bar-inner:has(.choice) nav{display:none}.bar nav{margin-left:0}.choice:not([hidden]){flex:1}.choice select{flex:1;max-width:none}}
@media (pointer:coarse){.choice select{min-height:40px}}
@media print{.bar{position:static;border:0}.bar-inner{min-height:0}
:root[data-part] .chosen{position:static;width:auto;height:auto;clip-path:none;font-weight:600;padding:var(--space-2) 0}}
`
