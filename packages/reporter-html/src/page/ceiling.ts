/** A bound this much above the highest value would press the values flat; it is not drawn then. */
const FARTHEST = 2.5
const STEPS = [1, 2, 2.5, 5, 10]

/** The end of a value axis, and the distance of its ticks, which fits it. */
interface Ceiling {
  readonly max: number
  readonly interval: number
}

/** An end that makes bounds near the values visible; nothing where ECharts may choose. */
export function ceiling(highest: number, bounds: readonly { readonly value: number }[]): Ceiling | undefined {
  const near = bounds.map(({ value }) => value).filter((value) => value <= highest * FARTHEST)
  const top = Math.max(...near)
  if (near.length === 0 || top < highest) return undefined
  const interval = niceStep(top / 4)
  return { max: Math.ceil((top * 1.05) / interval) * interval, interval }
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return (STEPS.find((step) => step * power >= rough) ?? 10) * power
}
