import type { Unit } from '../../model/metric.ts'
import { NONE } from '../figures.ts'

/** The unit a row of values is read in, and the digits behind the point that all of them have. */
export interface Scale {
  /** `''`: a plain number. */
  readonly unit: string
  /** What a value is multiplied by. */
  readonly factor: number
  readonly decimals: number
}

/** A unit for values that are to be compared with one another: the one most of them are read in. */
export function scaleFor(values: readonly number[], unit: Unit): Scale {
  const sizes = values
    .filter((value) => value !== 0 && Number.isFinite(value))
    .map(Math.abs)
    .toSorted((a, b) => a - b)
  const shown = unitFor(sizes, unit)
  return { ...shown, decimals: decimalsFor(sizes.map((size) => size * shown.factor)) }
}

function unitFor(sizes: readonly number[], unit: Unit): Pick<Scale, 'unit' | 'factor'> {
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0
  const largest = sizes.at(-1) ?? 0
  switch (unit) {
    case 'ms':
      if (middle >= 1_000 || largest >= 10_000) return { unit: 's', factor: 0.001 }
      return largest < 1 && largest > 0 ? { unit: 'µs', factor: 1_000 } : { unit: 'ms', factor: 1 }
    case 'bytes': {
      const steps = ['B', 'kB', 'MB', 'GB', 'TB']
      const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(middle || 1) / 3)))
      return { unit: steps[step] ?? 'B', factor: 1_000 ** -step }
    }
    case 'cores':
      return { unit: '%', factor: 100 }
    // What these are given in, the names of their metrics tell.
    case 'tok/chunk':
    case 'currency':
      return { unit: '', factor: 1 }
    default:
      return { unit, factor: 1 }
  }
}

/** Three digits that matter in the smallest, but no more behind the point than the largest needs. */
function decimalsFor(sizes: readonly number[]): number {
  if (sizes.every(Number.isInteger)) return 0
  const wanted = digitsBehind(sizes[0] ?? 0, [100, 10])
  return Math.min(wanted, digitsBehind(sizes.at(-1) ?? 0, [1_000, 100]))
}

function digitsBehind(size: number, [none, one]: readonly [none: number, one: number]): number {
  if (size >= none) return 0
  return size >= one ? 1 : 2
}

/** A value in its row's unit, which is not repeated. */
export function scaled(value: number | undefined, { factor, decimals }: Scale): string {
  if (value === undefined || !Number.isFinite(value)) return NONE
  return (value * factor).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}
