import { figure } from '../../figures.ts'
import type { Paint } from '../paint.ts'
import { widest } from './cells.ts'
import type { LiveFacts, TrendFacts } from './facts.ts'
import { sparkline } from './graphs.ts'
import { perSecond } from './per-second.ts'
import type { Section } from './section.ts'

const COLUMN = 8
const TOKENS = 'tokens/s'
const SPARKS = 'p95 of each second'

/** A row for each metric and one for the tokens; the last ones go first where room is short. */
export function trendSection(facts: LiveFacts, columns: number, paint: Paint): Section {
  const { trends } = facts
  const width = widest([TOKENS, ...trends.map(({ name }) => name)])
  const sparks = columns - width - 3 * COLUMN - 2
  const head = `${''.padEnd(width)}${['p50', 'p95', 'p99'].map((name) => name.padStart(COLUMN)).join('')}`
  const lines = [
    ...(trends.length === 0 ? [] : [paint.dim(sparks > SPARKS.length ? `${head}  ${SPARKS}` : head)]),
    ...trends.map((trend) => trendLine(trend, width, sparks, paint)),
    ...tokenLines(facts, width, sparks, paint),
  ]
  const whole = lines.length
  return { whole, least: Math.min(whole, 2), rank: 2, lines: (count) => lines.slice(0, count) }
}

function trendLine(
  { name, unit, p50, p95, p99, recent }: TrendFacts,
  width: number,
  sparks: number,
  paint: Paint,
): string {
  const values = [p50, p95, p99].map((value) => figure(value, unit).padStart(COLUMN)).join('')
  return `${name.padEnd(width)}${values}  ${paint.dim(sparkline(recent, sparks))}`
}

/** Nothing until there are tokens: a script may send other requests than those that generate. */
function tokenLines(
  { pace: { tokens }, recentTokens }: LiveFacts,
  width: number,
  sparks: number,
  paint: Paint,
): string[] {
  if (recentTokens.every((count) => count === 0)) return []
  const value = `${perSecond(tokens)} now`.padStart(3 * COLUMN)
  return [`${TOKENS.padEnd(width)}${value}  ${paint.dim(sparkline(recentTokens, sparks))}`]
}
