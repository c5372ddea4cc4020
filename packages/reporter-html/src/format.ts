import type { Unit } from 'loadbench/report'

/** A number as it is shown. `unit` brings its own gap, so `text + unit` reads well. */
export interface Quantity {
  readonly text: string
  readonly unit: string
}

/** What a value can be shown in: the units of metrics, and events per second. */
export type ShownUnit = Unit | '/s'

/** Stands where there is no value. Never a 0: nothing was measured. */
export const MISSING: Quantity = { text: '—', unit: '' }

/** Between a number and its unit. */
export const GAP = '\u202f'

interface Scale {
  /** Smallest value shown in this unit. */
  readonly from: number
  readonly size: number
  readonly unit: string
}
const MILLIS = [
  { from: 0, size: 1e-3, unit: 'µs' },
  { from: 1, size: 1, unit: 'ms' },
  { from: 1e3, size: 1e3, unit: 's' },
  { from: 120e3, size: 60e3, unit: 'min' },
  { from: 7_200e3, size: 3_600e3, unit: 'h' },
] as const satisfies readonly Scale[]
/** Round seconds are no round minutes. */
const AXIS_MILLIS = MILLIS.slice(0, 3)
const BYTES: readonly Scale[] = [
  { from: 0, size: 1, unit: 'B' },
  { from: 1e3, size: 1e3, unit: 'kB' },
  { from: 1e6, size: 1e6, unit: 'MB' },
  { from: 1e9, size: 1e9, unit: 'GB' },
  { from: 1e12, size: 1e12, unit: 'TB' },
]

/**
 * A value in the unit that reads best, with the three significant digits the histograms have;
 * whole numbers from 100 on. `currency` names the money of unit `currency`.
 */
export function quantity(value: number | null | undefined, unit: ShownUnit, currency = ''): Quantity {
  if (!isNumber(value)) return MISSING
  if (unit === 'ms') return scaled(value, MILLIS, 'ms')
  if (unit === 'bytes') return scaled(value, BYTES, 'B')
  if (unit === 'currency') return { text: digits(value), unit: gapped(currency) }
  if (unit === '/s' || unit === 'tok/s') return { text: digits(value), unit: gapped(unit) }
  const text = Number.isInteger(value) ? grouped(value, 0) : digits(value)
  return { text, unit: unit === 'tok' ? '' : gapped(unit) }
}

/** A number of things, every digit of it. */
export function count(value: number | null | undefined): Quantity {
  return isNumber(value) ? { text: grouped(value, 0), unit: '' } : MISSING
}

/** What a counter of `unit` gained in a second. */
export function perSecond(value: number | null | undefined, unit: Unit, currency = ''): Quantity {
  if (!isNumber(value)) return MISSING
  if (unit === '') return quantity(value, '/s')
  if (unit === 'tok') return quantity(value, 'tok/s')
  const amount = quantity(value, unit, currency)
  return { text: amount.text, unit: `${amount.unit}/s` }
}

/** A share of 1 in percent. `100%` and `0%` mean exactly all and exactly none. */
export function share(value: number | null | undefined): Quantity {
  if (!isNumber(value)) return MISSING
  const percent = value * 100
  if (percent === 0 || percent === 100) return { text: String(percent), unit: '%' }
  if (percent < 0.01) return { text: '<0.01', unit: '%' }
  if (percent > 99.99 && percent < 100) return { text: '>99.99', unit: '%' }
  return { text: grouped(percent, percent < 10 || percent >= 99 ? 2 : 1), unit: '%' }
}

/** A round value as someone wrote it down, without zeros that only fill up the digits: `1 s`, `2.5 s`. */
export function round(value: number, unit: ShownUnit): Quantity {
  const { text, unit: shown } = quantity(value, unit)
  return { text: withoutZeros(text), unit: shown }
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/**
 * A tick of an axis that goes up to `highest`, round, and in the same unit as all its ticks: `0.5 s` below
 * `1 s`. Units that stand in the title of a chart are left out.
 */
export function tick(value: number, unit: ShownUnit, highest: number): string {
  if (unit !== 'ms') return round(value, unit).text
  const { size, unit: shown } = AXIS_MILLIS.findLast(({ from }) => highest >= from) ?? MILLIS[0]
  return `${withoutZeros(digits(value / size))}${GAP}${shown}`
}

/** A quantity as running text. */
export function spoken(shown: Quantity): string {
  return shown.text + shown.unit
}

/** How long something took: `850 ms`, `58.2 s`, `10 min 5 s`, `2 h 3 min`. */
export function duration(millis: number): string {
  if (millis < 120e3) return spoken(quantity(millis, 'ms'))
  const seconds = Math.round(millis / 1e3)
  const parts: readonly (readonly [number, string])[] =
    seconds < 7_200
      ? [
          [Math.floor(seconds / 60), 'min'],
          [seconds % 60, 's'],
        ]
      : [
          [Math.floor(seconds / 3_600), 'h'],
          [Math.floor(seconds / 60) % 60, 'min'],
        ]
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => amount + GAP + unit)
    .join(' ')
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })

/** An ISO 8601 moment, in UTC so that a report reads the same everywhere; other text stays as it is. */
export function moment(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : `${DATE.format(at)} UTC`
}

/** `1 request`, `2 requests`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${grouped(amount, 0)} ${amount === 1 ? one : many}`
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function gapped(unit: string): string {
  return unit === '' ? '' : GAP + unit
}

function scaled(value: number, scales: readonly Scale[], zero: string): Quantity {
  if (value === 0) return { text: '0', unit: gapped(zero) }
  // Rounded first: 999.7 ms is 1.00 s, not 1,000 ms.
  const rounded = Number(Math.abs(value).toPrecision(3))
  const scale = scales.findLast(({ from }) => rounded >= from)
  if (scale === undefined) return MISSING
  const amount = value / scale.size
  const whole = scale.unit === 'B' && Number.isInteger(amount)
  return { text: whole ? grouped(amount, 0) : digits(amount), unit: gapped(scale.unit) }
}

function digits(value: number): string {
  if (value === 0) return '0'
  const size = Number(Math.abs(value).toPrecision(3))
  if (size < 1) return value.toLocaleString('en-GB', { maximumSignificantDigits: 3 })
  return grouped(value, size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

function grouped(value: number, decimals: number): string {
  const text = value.toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return text === '-0' ? '0' : text.replace('-', '−')
}
