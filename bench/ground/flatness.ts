import { quantile } from './truth.ts'

/** How a figure went over a run that must not make it grow. */
export interface Flatness {
  /** Medians of the second and of the last quarter. */
  readonly second: number
  readonly last: number
  /** Of the last over the second: 0.05 is 5 % more. */
  readonly growth: number
  /** Least squares over all but the first quarter, per unit of `at`. */
  readonly slope: number
}

export interface Look {
  /** In any unit of time. */
  readonly at: number
  readonly value: number
}

/** The first quarter, in which code is compiled and buffers find their size, counts for nothing. */
export function flatnessOf(looks: readonly Look[]): Flatness {
  const quarter = Math.floor(looks.length / 4)
  const median = (part: readonly Look[]) =>
    quantile(
      part.map(({ value }) => value),
      0.5,
    )
  const second = median(looks.slice(quarter, 2 * quarter))
  const last = median(looks.slice(-quarter))
  return { second, last, growth: last / second - 1, slope: slopeOf(looks.slice(quarter)) }
}

function slopeOf(looks: readonly Look[]): number {
  const mean = (of: (look: Look) => number) => looks.reduce((sum, look) => sum + of(look), 0) / looks.length
  const [at, value] = [mean((look) => look.at), mean((look) => look.value)]
  const spread = mean((look) => (look.at - at) ** 2)
  return mean((look) => (look.at - at) * (look.value - value)) / spread
}
