import type { Unit } from '../model/metric.ts'

/** What stands where there is no value. */
export const NONE = '—'

/** A value as a person reads it, its unit included: `231ms`, `1.24s`, `48.3`, `12.1kB`. */
export function figure(value: number | undefined, unit: Unit): string {
  if (value === undefined || !Number.isFinite(value)) return NONE
  switch (unit) {
    case 'ms':
      return duration(value)
    case 'bytes':
      return bytes(value)
    case 'cores':
      return percent(value)
    case 'currency':
      return value.toFixed(value < 1 ? 4 : 2)
    default:
      return plain(value)
  }
}

/** Share of a whole: `2.31%`. Never rounded up to 100 % or down to 0 %. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100}%`
  const text = (share * 100).toFixed(2)
  if (text === '100.00') return '99.99%'
  return text === '0.00' ? '0.01%' : `${text}%`
}

/** `1234567` as `1,234,567`; small numbers keep three digits that matter. */
export function plain(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

function duration(millis: number): string {
  const size = Math.abs(millis)
  if (size === 0) return '0ms'
  // Bounds lie where rounding would reach the next unit or digit: never 1000ms.
  if (size < 0.9995) return `${Math.round(millis * 1_000)}µs`
  if (size < 9.995) return `${millis.toFixed(2)}ms`
  if (size < 99.95) return `${millis.toFixed(1)}ms`
  if (size < 999.5) return `${millis.toFixed(0)}ms`
  if (size < 59_995) return `${(millis / 1_000).toFixed(2)}s`
  const seconds = Math.round(millis / 1_000)
  return `${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`
}

function bytes(value: number): string {
  const steps = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  let size = value
  let step = 0
  for (; Math.abs(size) >= 1_000 && step < steps.length - 1; step += 1) size /= 1_000
  return `${step === 0 ? size.toFixed(0) : size.toFixed(size < 10 ? 2 : 1)}${steps[step]}`
}
