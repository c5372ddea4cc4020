import type { Arrival } from '../model/scenario.ts'
import type { Random } from '../model/random.ts'

/** Arrivals that are not evenly spaced. */
export type RandomArrival = Exclude<Arrival, 'even'>

/**
 * Where the arrivals of a random process with one arrival per unit lie, in order, without end. The
 * unit is the area under a rate curve: mapped through the curve's inverse, the process follows any
 * ramp (a Poisson process becomes the inhomogeneous one with that rate).
 */
export function* randomAreas(arrival: RandomArrival, random: Random): Generator<number, never, undefined> {
  const gap =
    arrival === 'poisson' ? () => exponential(random) : () => gamma(arrival.gamma, random) / arrival.gamma
  let area = 0
  for (;;) {
    area += gap()
    yield area
  }
}

/** Exponential with mean 1. */
function exponential(random: Random): number {
  return -Math.log(1 - random())
}

/**
 * Gamma with scale 1. Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (ACM
 * TOMS 26, 2000), with their boost for shapes below 1.
 */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Standard normal, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(2 * exponential(random)) * Math.cos(2 * Math.PI * random())
}
