import type { ThresholdSummary } from '../model/summary.ts'
import { plain } from './figures.ts'
import { isShare } from './observed.ts'

/** From so many times the bound on that is told as a multiple. */
const AS_MULTIPLE = 2

/**
 * How far what was observed lies from the bound: `58% below`, `3.2× the bound`; of a share in percentage
 * points, `2.3 points above`, for a part of a small share says little; `''` where nothing can be said.
 */
export function marginText(threshold: ThresholdSummary): string {
  const { expression, observed, bound } = threshold
  if (observed === undefined || bound === undefined || !/^[^<>=!]*[<>]/.test(expression)) return ''
  if (observed === bound && bound !== 0) return 'at the bound'
  const side = observed > bound ? 'above' : 'below'
  if (isShare(threshold)) return observed === bound ? '' : `${pointsText(observed - bound)} ${side}`
  if (bound === 0) return ''
  const times = Math.abs(observed / bound)
  if (times >= AS_MULTIPLE) return `${plain(Number(times.toFixed(times < 10 ? 1 : 0)))}× the bound`
  const off = Math.abs(observed / bound - 1)
  return `${off < 0.01 ? '<1' : Math.round(off * 100)}% ${side}`
}

/** A difference of two shares, to two decimals. */
function pointsText(difference: number): string {
  const points = Number((Math.abs(difference) * 100).toFixed(2))
  if (points === 0) return '<0.01 points'
  return `${points} ${points === 1 ? 'point' : 'points'}`
}
