/** A bound this much above the highest value would press the values flat; it is not drawn then. */
const FARTHEST = 2.5
const STEPS = [1, 2, 2.5, 5, 10]

/**
 * Top of a value axis that makes bounds near the values visible; `undefined` where ECharts may choose.
 */
export function ceiling(highest: number, bounds: readonly number[]): number | undefined {
  const near = bounds.filter((bound) => bound <= highest * FARTHEST)
  const top = Math.max(...near)
  if (near.length === 0 || top < highest) return undefined
  const step = niceStep(top / 4)
  return Math.ceil((top * 1.05) / step) * step
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return (STEPS.find((step) => step * power >= rough) ?? 10) * power
}
