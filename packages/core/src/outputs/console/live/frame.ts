import { plain } from '../../figures.ts'
import type { Paint } from '../paint.ts'
import { cut } from './cells.ts'
import { clockText } from './clock-text.ts'
import type { LiveFacts } from './facts.ts'
import { errorSection, healthSection, hollowSection, thresholdSection } from './finding-lines.ts'
import { paceText, perSecond, vusText } from './per-second.ts'
import { scenarioSection } from './scenario-lines.ts'
import { block, GAP, shareOut, type Section } from './section.ts'
import { trendSection } from './trend-lines.ts'

/** Of a terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Lines kept free above, for the log; in a low terminal none. */
const LOG_ROWS = 3
const LOW = 16

/**
 * The live view of a run: where it stands in a glance, below everything that was printed.
 * @returns lines narrower than the terminal, and fewer than it has rows.
 */
export function frame(facts: LiveFacts, size: Size, paint: Paint): string[] {
  // The last column stays free, since terminals differ in what they do when it is written to; so does the last row.
  const columns = Math.max(0, size.columns - 1)
  const rows = Math.max(0, size.rows - 1 - (size.rows < LOW ? 0 : LOG_ROWS))
  const indent = columns > 40 ? '  ' : ''
  const inner = columns - indent.length
  const sections: Section[] = [
    GAP,
    block(0, headText(facts, paint)),
    GAP,
    scenarioSection(facts.scenarios, inner, paint),
    GAP,
    trendSection(facts, inner, paint),
    GAP,
    hollowSection(facts, paint),
    errorSection(facts, paint),
    thresholdSection(facts.thresholds, paint),
    healthSection(facts, inner, paint),
    ...(facts.warmUp === undefined ? [] : [block(2, warmUpText(facts.warmUp, paint))]),
    ...(facts.stopping === undefined ? [] : [block(0, stoppingText(facts, facts.stopping, paint))]),
  ]
  return shareOut(sections, rows).map((line) => (line === '' ? '' : cut(`${indent}${line}`, columns)))
}

function headText({ elapsed, planned, pace }: LiveFacts, paint: Paint): string {
  const { vus, rate, intendedRate, requests, tokens } = pace
  return [
    `${paint.bold(clockText(elapsed))}${planned === undefined ? '' : ` of ${clockText(planned)}`}`,
    vusText(vus),
    `${paceText(rate, intendedRate)} it/s`,
    `${perSecond(requests)} req/s`,
    ...(tokens > 0 ? [`${perSecond(tokens)} tok/s`] : []),
  ].join(paint.dim(' · '))
}

function warmUpText({ left, requests }: NonNullable<LiveFacts['warmUp']>, paint: Paint): string {
  const sent = `${plain(requests)} request${requests === 1 ? '' : 's'}`
  return paint.warn(`warming up, ${clockText(left)} left; ${sent} not measured`)
}

function stoppingText(
  { pace: { vus } }: LiveFacts,
  { signal, left }: NonNullable<LiveFacts['stopping']>,
  paint: Paint,
): string {
  const again = signal === 'SIGINT' ? 'Ctrl-C' : signal
  const what = vus === 0 ? 'waiting for the end' : `waiting for ${vusText(vus)} still running`
  return paint.warn(`${what}, ≤ ${clockText(left)}; ${again} again ends at once`)
}
