import { gaussian, type Random } from './random.ts'

/** Where a value comes from. `lognormal` takes the median itself and the sigma of the logarithm. */
export type Distribution =
  | { readonly fixed: number }
  | { readonly normal: readonly [mean: number, deviation: number] }
  | { readonly lognormal: { readonly median: number; readonly sigma: number } }
  | { readonly uniform: readonly [min: number, max: number] }

/** As written in settings; as text `'200'`, `'normal:200,20'`, `'lognormal:200,0.3'`, `'uniform:100,300'`. */
export type DistributionSpec = number | string | Distribution

/** Upper bound of a drawn number of tokens, so that a slip of the pen cannot exhaust the memory. */
export const MAX_COUNT = 1_000_000

/** Draws one value; never below 0. */
export function draw(from: Distribution, random: Random): number {
  if ('fixed' in from) return from.fixed
  if ('normal' in from) return Math.max(0, from.normal[0] + from.normal[1] * gaussian(random))
  if ('uniform' in from) return from.uniform[0] + (from.uniform[1] - from.uniform[0]) * random()
  return from.lognormal.median * Math.exp(from.lognormal.sigma * gaussian(random))
}

/** Draws a whole number; random ones are at least `least`, a fixed one is taken as it is. */
export function drawCount(from: Distribution, random: Random, least: number): number {
  const count = Math.round(draw(from, random))
  return Math.min('fixed' in from ? count : Math.max(least, count), MAX_COUNT)
}

/** Reads any way to write a distribution; `undefined` for what is none. */
export function parseDistribution(spec: unknown): Distribution | undefined {
  if (typeof spec === 'number') return checked('fixed', [spec])
  if (typeof spec === 'string') return fromText(spec)
  if (typeof spec !== 'object' || spec === null) return undefined
  const [entry, ...others] = Object.entries(spec)
  if (entry === undefined || others.length > 0) return undefined
  const [shape, value] = entry as [string, unknown]
  if (shape === 'fixed') return checked(shape, [value])
  if (
    shape === 'lognormal' &&
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2
  ) {
    return 'median' in value && 'sigma' in value ? checked(shape, [value.median, value.sigma]) : undefined
  }
  return shape !== 'lognormal' && Array.isArray(value) ? checked(shape, value) : undefined
}

function fromText(text: string): Distribution | undefined {
  const [shape, list] = text.includes(':') ? text.split(':', 2) : ['fixed', text]
  const numbers = list?.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return checked(shape?.trim() ?? '', numbers ?? [])
}

function checked(shape: string, numbers: readonly unknown[]): Distribution | undefined {
  if (!numbers.every((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0))
    return undefined
  const [a, b] = numbers as number[]
  if (shape === 'fixed' && a !== undefined && numbers.length === 1) return { fixed: a }
  if (a === undefined || b === undefined || numbers.length !== 2) return undefined
  if (shape === 'normal') return { normal: [a, b] }
  if (shape === 'lognormal') return { lognormal: { median: a, sigma: b } }
  return shape === 'uniform' && a <= b ? { uniform: [a, b] } : undefined
}
