import type { SlowRequest, Summary } from '../../../model/summary.ts'
import { figure, NONE, percent, plain } from '../../figures.ts'
import { oneLine } from '../one-line.ts'
import type { Paint } from '../paint.ts'
import { tableText } from '../table.ts'
import { indented } from './indented.ts'
import { seconds } from './seconds.ts'
import { WIDTH } from './sections.ts'

const MOST_SLOW = 3

/** Characters shown of what came where a check failed: three lines. */
const LONGEST_EXAMPLE = 210
/** One line of it. */
export const BRIEF_EXAMPLE = 68

/** The checks; of those that failed what came instead. */
export function checkLines({ checks }: Summary, paint: Paint, longest = LONGEST_EXAMPLE): string[] {
  return checks.flatMap(({ name, passes, fails, example }) => {
    if (fails === 0) return [`${paint.good('✓')} ${oneLine(name)}`]
    const share = passes + fails === 0 ? NONE : percent(passes / (passes + fails))
    const first = example === undefined ? [] : indented(`got ${oneLine(example, longest)}`, 4, paint)
    const counted = `${share} (${plain(passes)} passed, ${plain(fails)} failed)`
    return [`${paint.bad('✗')} ${oneLine(name)}  ${counted}`, ...first]
  })
}

/** The requests that took longest, by which they can be found in the sample files. */
export function slowLines({ slowest }: Summary): string[] {
  const rows = slowest
    .slice(0, MOST_SLOW)
    .map((one) => [
      figure(one.duration, 'ms'),
      one.ttft === undefined ? '' : `ttft ${figure(one.ttft, 'ms')}`,
      one.outputTokens === undefined ? '' : `${plain(one.outputTokens)} tok`,
      `at ${seconds(one.at)}`,
      whereOf(one),
      `id ${oneLine(one.id)}`,
    ])
  // What none of them has (no stream, no tokens) takes no room.
  const used = (column: number) => rows.some((row) => row[column] !== '')
  return tableText(
    rows.map(([duration = '', ...more]) => [duration.padStart(6), ...more].filter((_, at) => used(at))),
    6,
  ).map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line))
}

function whereOf({ scenario, outcome, error = '' }: SlowRequest): string {
  const failed = outcome === 'failed' ? `failed ${error.split(':', 1).join('')}` : ''
  return [oneLine(scenario, 24), failed].filter((word) => word !== '').join(', ')
}
