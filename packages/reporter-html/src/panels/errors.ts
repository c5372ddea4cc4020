import type { ErrorSummary, Summary } from 'loadbench/report'
import { count, round, share, spoken } from '../format.ts'
import { valueOf } from '../measured.ts'
import { definePartPanel } from '../panel.ts'
import { sameTags, type PartChoice } from '../part.ts'
import { errorPartsOf, messagesOf, type RecordedMessage } from '../recorded.ts'
import { clockOf, lengthOf, type RunClock } from '../run-clock.ts'

/** Longest message shown, in characters; servers answer with whole pages. */
const LONGEST = 1_000
/** Messages of each class; summary.json has more. */
const MOST_IN_WHOLE = 10
/** The same in a part; there may be fifty parts. */
const MOST_IN_PART = 3

/** What went wrong, by class, with how often each message came. */
export const errors = definePartPanel({
  name: 'errors',
  title: 'Errors',
  template: `
{{#if none}}<p class="note">{{none}}</p>{{else}}<div class="errors">{{#each classes}}
  <article class="error" aria-label="{{class}}">
    <h3><code>{{class}}</code></h3>
    <p class="error-count"><strong>{{> quantity count}}</strong>{{#if share}} <span class="note">{{share}}</span>{{/if}}</p>
    <ul>{{#each messages}}<li>
      {{#if times}}<strong class="message-count">{{times}}</strong> {{/if}}<code class="message">{{message}}</code>{{#if cut}} <span class="note">{{cut}}</span>{{/if}}
      {{#if details}}<p class="note">{{details}}</p>{{/if}}
    </li>{{/each}}{{#if further}}<li class="note">{{further}}</li>{{/if}}</ul>
  </article>{{/each}}</div>{{/if}}`,
  style: `
.error{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,4fr);grid-template-rows:auto 1fr;gap:0 var(--space-5);padding:var(--space-3) 0;border-top:1px solid var(--line)}
.error:first-child{border-top:0;padding-top:0}
.error ul{grid-area:1/2/3/3}
.error h3,.error-count{overflow-wrap:anywhere}
.error-count{font-size:var(--type-small)}
.message-count{font-size:var(--type-small);font-variant-numeric:tabular-nums;margin-right:var(--space-1)}
.error li+li{margin-top:var(--space-3)}
.error .note{overflow-wrap:anywhere}
.message{white-space:pre-wrap;font-size:var(--type-small)}
@media (max-width:640px){.error{grid-template-columns:minmax(0,1fr)}.error ul{grid-area:auto;margin-top:var(--space-2)}}`,
  view({ summary, timeline }, part) {
    if (summary.errors.length === 0) return undefined
    const requests = requestsIn(summary, part)
    const clock = clockOf(lengthOf(timeline))
    const counted =
      part.key === ''
        ? summary.errors.map((one) => wholeOf(one, clock))
        : summary.errors.flatMap((one) => inPart(one, part))
    const classes = counted
      .filter((one) => one.count > 0)
      .toSorted((a, b) => b.count - a.count)
      .map((one) => ({ ...one, count: count(one.count), share: shareOf(one.count, requests) }))
    return { classes, none: classes.length > 0 ? '' : noneText(counted.length > 0, part) }
  },
})

/** Those to models and plain HTTP: classes do not tell which of them failed. */
function requestsIn(summary: Summary, { tags }: PartChoice) {
  const [asked = 0, plain = 0] = ['requests', 'http_reqs'].map((name) =>
    valueOf(summary, name, 'count', tags),
  )
  return { count: asked + plain, words: asked > 0 && plain > 0 ? 'all requests' : 'requests' }
}

/** Not of fewer requests than failed: those of a warm-up are not counted. */
function shareOf(failed: number, requests: { readonly count: number; readonly words: string }): string {
  return requests.count < failed ? '' : `${spoken(share(failed / requests.count))} of ${requests.words}`
}

function noneText(known: boolean, { group }: PartChoice): string {
  return known ? 'Nothing failed in this part.' : `Errors were not counted by ${group}: see the whole run.`
}

function wholeOf(error: ErrorSummary, clock: RunClock) {
  const messages = messagesOf(error).slice(0, MOST_IN_WHOLE)
  return {
    class: error.class,
    count: error.count,
    ...shown(messages, error.count, (one) => [
      one.first?.message === error.example.message
        ? detailsOf(error.example)
        : kind(one.first?.status, one.first?.code),
      ...placeOf(one, clock),
    ]),
  }
}

/** Where a message came first is known of the whole run alone. */
function inPart(error: ErrorSummary, { tags }: PartChoice) {
  const own = errorPartsOf(error).find((one) => sameTags(one.tags, tags))
  return own === undefined
    ? []
    : [
        {
          class: error.class,
          count: own.count,
          ...shown(own.messages.slice(0, MOST_IN_PART), own.count, () => []),
        },
      ]
}

function shown(
  messages: readonly RecordedMessage[],
  all: number,
  details: (message: RecordedMessage) => readonly string[],
) {
  const further = messages.reduce((rest, one) => rest - (one.count ?? 0), all)
  const counted = messages.every((one) => one.count !== undefined)
  const single = messages.length === 1 && further === 0
  return {
    messages: messages.map((one) => ({
      times: single || one.count === undefined ? '' : times(one.count),
      ...cutText(
        one.first !== undefined && one.first.message.startsWith(one.message)
          ? one.first.message
          : one.message,
      ),
      details: details(one)
        .filter((text) => text !== '')
        .join(' · '),
    })),
    further: counted && further > 0 ? `${times(further)} other messages` : '',
  }
}

function times(amount: number): string {
  return `${spoken(count(amount))}×`
}

function cutText(message: string) {
  return {
    message: message.slice(0, LONGEST),
    cut: message.length > LONGEST ? `… ${message.length} characters, all of them in summary.json` : '',
  }
}

function placeOf({ first, count: amount = 1 }: RecordedMessage, { said }: RunClock): string[] {
  const { at, scenario = '', id = '' } = first ?? {}
  return [
    at === undefined ? '' : `${amount > 1 ? 'first ' : ''}at ${said(at)}`,
    scenario === '' ? '' : `scenario ${scenario}`,
    id === '' ? '' : `request ${id}`,
  ]
}

function detailsOf({ phase, fault, code, status, retryAfter }: ErrorSummary['example']): string {
  return [
    kind(status, code),
    phase === undefined ? '' : `waiting for ${phase}`,
    fault === undefined ? '' : `connection ${fault}`,
    retryAfter === undefined ? '' : `retry after ${spoken(round(retryAfter, 'ms'))}`,
  ]
    .filter((text) => text !== '')
    .join(' · ')
}

function kind(status: number | undefined, code: string | undefined): string {
  return [status === undefined ? '' : `HTTP ${status}`, code ?? ''].filter((text) => text !== '').join(' · ')
}
