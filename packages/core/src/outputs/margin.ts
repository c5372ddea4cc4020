import type { ThresholdSummary } from '../model/summary.ts'

/** Further off than this many times the bound is told as a multiple. */
const AS_MULTIPLE = 10

/** How far what was observed lies from the bound: `58% below`, `12× above`; `''` where that says nothing. */
export function marginText({ expression, observed, bound }: ThresholdSummary): string {
  if (observed === undefined || bound === undefined || bound === 0 || !/^[^<>=!]*[<>]/.test(expression))
    return ''
  if (observed === bound) return 'at the bound'
  const side = observed > bound ? 'above' : 'below'
  const times = Math.abs(observed / bound)
  if (times >= AS_MULTIPLE) return `${Math.round(times)}× the bound`
  const off = Math.abs(observed / bound - 1)
  return `${off < 0.01 ? '<1' : Math.round(off * 100)}% ${side}`
}
