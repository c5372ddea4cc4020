import type { ChartMarker } from './chart-spec.ts'

/** A part of the run, s from its start. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** When some scenario warmed up: in order, apart from one another. */
export function warmUps(markers: readonly Pick<ChartMarker, 'kind' | 'at' | 'until'>[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  const begun = markers.filter(({ kind }) => kind === 'warm-up').toSorted((a, b) => a.at - b.at)
  for (const { at, until = at } of begun) {
    const before = stretches.at(-1)
    if (before === undefined || at > before.to) stretches.push({ from: at, to: until })
    else stretches[stretches.length - 1] = { from: before.from, to: Math.max(before.to, until) }
  }
  return stretches
}
