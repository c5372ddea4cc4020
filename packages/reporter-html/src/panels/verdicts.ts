import type { Summary } from 'loadbench/report'
import type { Tone } from '../template.ts'
import { healthOf } from '../outcome.ts'
import { plural } from '../format.ts'
import { definePanel } from '../panel.ts'
import { margin, observed, room } from '../threshold-words.ts'

/** Failed thresholds named here; all of them are in their table. */
const NAMED = 3

/** The two verdicts everything else is read by: on the thresholds and on the generator. */
export const verdicts = definePanel({
  name: 'verdicts',
  template: `
<div class="verdicts">
  {{#each this}}
  <section class="card ground-{{tone}}" aria-label="Verdict: {{about}}">
    <p class="note">{{about}}</p>
    <h2 class="card-verdict tone-{{tone}}">{{> mark tone}}{{verdict}}</h2>
    <ul class="card-reasons">{{#each reasons}}<li>{{#if code}}<code>{{code}}</code>: {{/if}}{{text}}</li>{{/each}}</ul>
    {{#if more}}<details class="card-reasons"><summary>{{moreTitle}}</summary><ul>{{#each more}}<li>{{text}}</li>{{/each}}</ul></details>{{/if}}
  </section>
  {{/each}}
</div>`,
  style: `
.verdicts{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:var(--space-5)}
.card{padding:var(--space-3) var(--space-4);background:var(--surface);border-radius:var(--radius);border:1px solid var(--line);border-left:4px solid var(--tone)}
.card-verdict{display:flex;align-items:baseline;gap:var(--space-2);font-size:var(--type-verdict)}
.card-verdict .mark{font-size:.85em}
.card-reasons{font-size:var(--type-small);overflow-wrap:anywhere}
.card-reasons li,details.card-reasons{margin-top:var(--space-1)}
.card-reasons summary{color:var(--muted)}
@media print{.card details::details-content{content-visibility:visible;display:block}}
@media (max-width:640px){.verdicts{grid-template-columns:minmax(0,1fr);gap:var(--space-3)}}`,
  view: ({ summary }) => [
    { about: 'Thresholds', more: [], moreTitle: '', ...onThresholds(summary) },
    { about: 'Load generator', ...onGenerator(summary) },
  ],
})

interface Reason {
  readonly code: string
  readonly text: string
}

interface Card {
  readonly tone: Tone
  readonly verdict: string
  readonly reasons: readonly Reason[]
}

function onThresholds(summary: Summary): Card {
  const { thresholds, run } = summary
  if (thresholds.length === 0) {
    return {
      tone: 'none',
      verdict: 'None set',
      reasons: [said('Without thresholds a run passes or fails by nothing it measured.')],
    }
  }
  const failed = thresholds.filter(({ passed }) => !passed)
  const held = thresholds.length - failed.length
  const named = failed.slice(0, NAMED).map((one) => {
    const by = margin(one)
    const text = observed(one, summary) + (by === '' ? '' : `, ${by}`)
    return { code: `${one.metric} ${one.expression}`, text }
  })
  const more = failed.length > NAMED ? [said(`and ${failed.length - NAMED} more`)] : []
  // A run that was killed was never judged: that all hold so far is no verdict.
  if (run.outcome === 'killed') {
    const unjudged = said('The run was killed before it came to a verdict; this is how they stood then.')
    return {
      tone: failed.length === 0 ? 'none' : 'fail',
      verdict: `${held} of ${thresholds.length} held`,
      reasons: [unjudged, ...named, ...more],
    }
  }
  return {
    tone: failed.length === 0 ? 'pass' : 'fail',
    verdict: `${held} of ${thresholds.length} passed`,
    reasons: failed.length === 0 ? closest(summary) : [...named, ...more],
  }
}

/** Of passed thresholds the one that was nearest to failing. */
function closest(summary: Summary): readonly Reason[] {
  const [nearest] = summary.thresholds
    .flatMap((one) => {
      const distance = room(one)
      return distance === undefined ? [] : [{ one, distance: Math.abs(distance) }]
    })
    .toSorted((a, b) => a.distance - b.distance)
  if (nearest === undefined) return []
  const { one } = nearest
  return [
    {
      code: `${one.metric} ${one.expression}`,
      text: `${observed(one, summary)}, ${margin(one)}, came closest to failing`,
    },
  ]
}

/** The gravest reason in sight, the others on demand: the key figures must stay on the first screen. */
function onGenerator({ health, run }: Summary) {
  const { tone, text, meaning } = healthOf(health)
  const [gravest, more] = [health.reasons.slice(0, 1), health.reasons.slice(1)]
  const unfinished = run.outcome === 'killed' && tone === 'pass'
  const opening = unfinished ? 'The generator kept up to the last second that was written.' : meaning
  return {
    tone: unfinished ? ('none' as const) : tone,
    verdict: unfinished ? `${text} so far` : text,
    reasons: [opening, ...gravest].map(said),
    more: more.map(said),
    moreTitle: plural(more.length, 'more reason'),
  }
}

function said(text: string): Reason {
  return { code: '', text }
}
