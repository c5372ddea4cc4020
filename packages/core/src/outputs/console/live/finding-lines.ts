import type { ThresholdSummary } from '../../../model/summary.ts'
import { plain } from '../../figures.ts'
import { observedText } from '../../observed.ts'
import { oneLine } from '../one-line.ts'
import { wrap } from '../wrap.ts'
import type { Paint } from '../paint.ts'
import type { LiveFacts } from './facts.ts'
import { block, type Section } from './section.ts'
import { left, widest } from './cells.ts'

/** Columns of `errors` and `generator` with what follows them. */
const LABEL = 11
const LONGEST_REASON = 300
const REASON_LINES = 2
/** Words are not broken for less. */
const NARROWEST = 20

/** Failed requests by class, and what was dropped; where there is room, the message that came most often. No line without any. */
export function errorSection({ errors, dropped }: LiveFacts, paint: Paint): Section {
  const counts = errors.map(({ class: name, count }) => paint.bad(`${name} ${plain(count)}`))
  if (dropped > 0) counts.push(paint.warn(`${plain(dropped)} iterations dropped`))
  const lines = counts.length === 0 ? [] : [`${'errors'.padEnd(LABEL)}${counts.join('  ')}`]
  const [message] = errors.flatMap(({ messages = [] }) => messages).toSorted((a, b) => b.count - a.count)
  if (message !== undefined) {
    const text = `${plain(message.count)}× ${oneLine(message.message)}`
    lines.push(' '.repeat(LABEL) + paint.dim(text))
  }
  return {
    whole: lines.length,
    least: Math.min(lines.length, 1),
    rank: 4,
    lines: (rows) => lines.slice(0, rows),
  }
}

/** Said where nothing is measured. */
export function hollowSection({ hollow }: LiveFacts, paint: Paint): Section {
  return hollow === undefined ? block(0) : block(0, paint.bad(`! ${hollow} so far`))
}

/** A line for each threshold; where room is short, first those that fail. */
export function thresholdSection(thresholds: readonly ThresholdSummary[], paint: Paint): Section {
  const failing = thresholds.filter(({ passed }) => !passed)
  return {
    whole: thresholds.length,
    least: Math.min(thresholds.length, 1),
    rank: failing.length > 0 ? 1 : 5,
    lines(rows) {
      if (rows >= thresholds.length) return thresholdLines(thresholds, paint)
      const shown = [...failing, ...thresholds.filter(({ passed }) => passed)].slice(0, rows - 1)
      const rest = thresholds.length - shown.length
      const hidden = Math.max(0, failing.length - shown.length)
      const word = shown.length === 0 ? `${rest} thresholds` : `… and ${rest} more`
      const more = `${word}, ${hidden === 0 ? 'all hold' : `${hidden} failing`}`
      return [...thresholdLines(shown, paint), hidden === 0 ? paint.dim(more) : paint.bad(more)]
    },
  }
}

function thresholdLines(thresholds: readonly ThresholdSummary[], paint: Paint): string[] {
  const words = thresholds.map(({ metric, expression }) => oneLine(`${metric} ${expression}`))
  const width = widest(words)
  return thresholds.map((one, index) => {
    const text = `${left(words[index] ?? '', width)}  ${observedText(one)}`
    if (!one.passed) return paint.bad(`✗ ${text}`)
    return one.observed === undefined ? paint.dim(`· ${text}`) : `${paint.good('✓')} ${text}`
  })
}

/** Whether the generator can be trusted so far, and why not. */
export function healthSection(
  { health: { verdict, unjudged, reason } }: LiveFacts,
  columns: number,
  paint: Paint,
): Section {
  const colour = ({ trustworthy: 'good', degraded: 'warn', invalid: 'bad' } as const)[verdict]
  if (unjudged !== undefined) return block(6, `${'generator'.padEnd(LABEL)}${paint.dim(unjudged)}`)
  if (reason === undefined || verdict === 'trustworthy')
    return block(6, `${'generator'.padEnd(LABEL)}${paint[colour](verdict)}`)
  const said = `${verdict}: ${oneLine(reason, LONGEST_REASON)}`
  const broken = wrap(said, Math.max(NARROWEST, columns - LABEL))
  const [first = '', ...more] = broken.slice(0, REASON_LINES)
  const lines = [
    `${'generator'.padEnd(LABEL)}${first.replace(verdict, (word) => paint[colour](word))}`,
    ...more.map((line) => ' '.repeat(LABEL) + line),
  ]
  return {
    whole: lines.length,
    least: 1,
    rank: 6,
    lines: (rows) =>
      lines.slice(0, rows).map((line, at) => (at + 1 === rows && rows < broken.length ? `${line} …` : line)),
  }
}
