import { figure, plain } from '../../figures.ts'
import { observedText } from '../../observed.ts'
import { oneLine } from '../one-line.ts'
import { clockText } from './clock-text.ts'
import type { LiveFacts } from './facts.ts'
import { paceText, perSecond, vusText } from './per-second.ts'

/** Where a run stands, as a sentence for a log that a person reads later. */
export function logLine(facts: LiveFacts): string {
  const { elapsed, planned, pace, trends, stopping } = facts
  const [first] = trends
  const parts = [
    vusText(pace.vus),
    `${paceText(pace.rate, pace.intendedRate)} iterations/s`,
    `${perSecond(pace.requests)} requests/s`,
    ...(pace.tokens > 0 ? [`${perSecond(pace.tokens)} tokens/s`] : []),
    ...(first === undefined ? [] : [`${first.name} p95 ${figure(first.p95, first.unit)}`]),
    ...(facts.hollow === undefined ? [] : [`${facts.hollow} so far`]),
    errorsText(facts),
    ...failingTexts(facts),
    ...(stopping === undefined ? [] : [`waiting for what runs, at most ${clockText(stopping.left)}`]),
  ]
  return `${clockText(elapsed)}${planned === undefined ? '' : ` of ${clockText(planned)}`}: ${parts.join(', ')}`
}

function errorsText({ errors, dropped }: LiveFacts): string {
  const failed = errors.reduce((sum, { count }) => sum + count, 0)
  const classes = errors.map(({ class: name, count }) => `${plain(count)} ${name}`).join(' + ')
  const lost = dropped === 0 ? '' : `, ${plain(dropped)} iterations dropped`
  return `${failed === 0 ? 'no errors' : `errors: ${classes}`}${lost}`
}

function failingTexts({ thresholds }: LiveFacts): string[] {
  return thresholds
    .filter(({ passed }) => !passed)
    .map((one) => oneLine(`failing: ${one.metric} ${one.expression} (${observedText(one)})`))
}
