import type { Summary } from '../../../model/summary.ts'
import { marginText } from '../../margin.ts'
import { observedText } from '../../observed.ts'
import type { Paint } from '../paint.ts'
import { tableText } from '../table.ts'
import { WIDTH } from './sections.ts'

/** Each threshold with what was observed and how far that is from the bound. */
export function thresholdLines({ thresholds }: Summary, paint: Paint): string[] {
  const rows = thresholds.map((one) => [one.metric, one.expression, observedText(one), marginText(one)])
  const columns = tableText(
    rows.map((row) => row.slice(0, 3)),
    2,
  )
  const table = columns.map((line, index) => `${line}  ${rows[index]?.[3] ?? ''}`.trimEnd())
  const fits = table.every((line) => line.length <= WIDTH - 2)
  return thresholds.flatMap((one, index) => {
    const mark = one.passed ? paint.good('✓') : paint.bad('✗')
    const end = one.aborted ? [`  ${paint.bad('ended the run')}`] : []
    if (fits) return [`${mark} ${table[index] ?? ''}`, ...end]
    const [metric = '', expression = '', ...judged] = rows[index] ?? []
    return [`${mark} ${metric}`, `    ${expression}  ${judged.join('  ')}`.trimEnd(), ...end]
  })
}

/** Those that failed, a line each, where no table tells them. */
export function failedThresholds({ thresholds }: Summary): string[] {
  return thresholds
    .filter(({ passed }) => !passed)
    .map((one) => {
      const margin = marginText(one)
      const observed = `observed ${observedText(one)}${margin === '' ? '' : `, ${margin}`}`
      return `threshold failed: ${one.metric} ${one.expression}, ${observed}`
    })
}
