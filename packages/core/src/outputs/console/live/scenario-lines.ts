import { plain } from '../../figures.ts'
import type { Paint } from '../paint.ts'
import { cut, left, right, widest } from './cells.ts'
import { clockText } from './clock-text.ts'
import type { ScenarioFacts } from './facts.ts'
import { bar } from './graphs.ts'
import { perSecond } from './per-second.ts'
import type { Section } from './section.ts'

const LONGEST_NAME = 24
const BAR = { least: 6, most: 40 } as const
/** Where not all can be shown: first what moves. */
const ORDER = ['running', 'finishing', 'waiting', 'done'] as const

/** A bar for each scenario; those there is no room for are counted. */
export function scenarioSection(scenarios: readonly ScenarioFacts[], columns: number, paint: Paint): Section {
  return {
    whole: scenarios.length,
    least: 1,
    rank: 3,
    lines(rows) {
      if (rows >= scenarios.length) return scenarioLines(scenarios, columns, paint)
      const moving = scenarios.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
      const shown = moving.slice(0, rows - 1)
      const rest = moving.slice(rows - 1)
      const word = shown.length === 0 ? 'scenarios' : 'more'
      const more = `${shown.length === 0 ? '' : '… and '}${rest.length} ${word}: ${statesText(rest)}`
      return [...scenarioLines(shown, columns, paint), paint.dim(more)]
    },
  }
}

/** `3 running, 2 done` */
function statesText(scenarios: readonly ScenarioFacts[]): string {
  return ORDER.map((state) => [state, scenarios.filter((one) => one.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ')
}

function scenarioLines(scenarios: readonly ScenarioFacts[], columns: number, paint: Paint): string[] {
  const names = scenarios.map(({ name }) => cut(name, LONGEST_NAME))
  const cells = scenarios.map((one) => [leftText(one), vusText(one), rateText(one)] as const)
  const nameWidth = widest(names)
  const [leftWidth, vusWidth, rateWidth] = [0, 1, 2].map((at) => widest(cells.map((row) => row[at] ?? '')))
  // Name, bar, share and the three cells, two blanks between them.
  const rest = nameWidth + 4 + (leftWidth ?? 0) + (vusWidth ?? 0) + (rateWidth ?? 0) + 5 * 2
  const barWidth = Math.max(BAR.least, Math.min(columns - rest, BAR.most))
  return scenarios.map((one, index) => {
    const [time, vus, rate] = cells[index] ?? ['', '', '']
    const graph = bar(one.share, barWidth)
    const line = [
      left(names[index] ?? '', nameWidth),
      one.state === 'done' ? paint.good(graph) : graph,
      `${Math.floor(one.share * 100)}%`.padStart(4),
      left(time, leftWidth ?? 0),
      right(vus, vusWidth ?? 0),
      right(rate, rateWidth ?? 0),
    ].join('  ')
    return one.state === 'waiting' || one.state === 'done' ? paint.dim(line) : line
  })
}

function leftText({ state, left: time }: ScenarioFacts): string {
  if (state === 'done') return 'done'
  if (time === undefined) return ''
  const clock = clockText(time)
  if (state === 'waiting') return `starts in ${clock}`
  return state === 'finishing' ? `finishing, ≤ ${clock}` : `${clock} left`
}

function vusText({ state, activeVus, maximumVus }: ScenarioFacts): string {
  return state === 'done' ? '' : `${plain(activeVus)}/${plain(maximumVus)} VUs`
}

function rateText({ state, rate, intendedRate, completed, iterations }: ScenarioFacts): string {
  if (state === 'waiting') return ''
  if (state === 'done' || state === 'finishing') return `${plain(completed)} iterations`
  if (iterations !== undefined && intendedRate === undefined)
    return `${plain(completed)}/${plain(iterations)} iterations`
  return `${perSecond(rate)}${intendedRate === undefined ? '' : `/${perSecond(intendedRate)}`} it/s`
}
