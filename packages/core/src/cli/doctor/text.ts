import { tableText } from '../../outputs/console/table.ts'
import type { Paint } from '../../outputs/console/paint.ts'
import { wrap } from '../../outputs/console/wrap.ts'
import type { Finding, State } from './finding.ts'

const WIDTH = 78

/** The findings for a terminal: a line for each, and below it what to do. */
export function doctorText(findings: readonly Finding[], paint: Paint): string {
  const marks: Readonly<Record<State, string>> = {
    good: paint.good('✓'),
    doubtful: paint.warn('!'),
    bad: paint.bad('✗'),
    unknown: paint.dim('–'),
  }
  const names = tableText(findings.map(({ name }) => [name, '|'])).map((line) => line.slice(0, -1))
  const indent = (names[0]?.length ?? 0) + 4
  const lines = findings.flatMap(({ state, found, advice }, index) => {
    const [first = '', ...more] = wrap(found, WIDTH - indent)
    const steps = advice === undefined ? [] : wrap(`→ ${advice}`, WIDTH - indent)
    return [
      `  ${marks[state]} ${names[index]}${first}`,
      ...[...more, ...steps].map((line) => `${' '.repeat(indent)}${line}`),
    ]
  })
  return ['', ...lines, '', `  ${closing(findings)}`, '', ''].join('\n')
}

function closing(findings: readonly Finding[]): string {
  const count = (state: State) => findings.filter((finding) => finding.state === state).length
  const [bad, doubtful] = [count('bad'), count('doubtful')]
  if (bad + doubtful === 0) return 'Ready: nothing here would spoil a measurement.'
  const parts = [
    ...(bad === 0 ? [] : [`${bad} to mend before a run`]),
    ...(doubtful === 0 ? [] : [`${doubtful} to keep in mind`]),
  ]
  return `${parts.join(', ')}.`
}
