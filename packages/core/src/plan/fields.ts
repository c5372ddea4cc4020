import { z } from 'zod'
import type { Millis } from '../model/clock.ts'
import { parseDuration } from '../model/duration.ts'
import { didYouMean } from './nearest.ts'

/*
 * What single options may be, as zod schemas whose messages say what is allowed and what was given.
 */

/** A value as it is shown in a message: text in quotes, anything nested by its kind. */
export function got(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

/** A field with a rule of its own. @param problemOf what is wrong with a value; `undefined`: nothing. */
export function checked<T>(problemOf: (value: unknown) => string | undefined) {
  return z.custom<T>((value) => problemOf(value) === undefined, { error: ({ input }) => problemOf(input) })
}

/** A field of which `allowed` is the description that follows "must be". */
export function field<T>(allowed: string, isAllowed: (value: unknown) => boolean) {
  return checked<T>((value) => {
    if (isAllowed(value)) return undefined
    return value === undefined ? `is missing: must be ${allowed}` : `must be ${allowed}, got ${got(value)}`
  })
}

/** A whole number from `least` to `most`. */
export function whole(least: 0 | 1, most = Number.MAX_SAFE_INTEGER) {
  const allowed = least === 0 ? 'a whole number, 0 or above' : 'a whole number above 0'
  return field<number>(
    most === Number.MAX_SAFE_INTEGER ? allowed : `${allowed}, at most ${most}`,
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
  )
}

/** A number of VUs. They are objects in memory: beyond a million the number is a slip of the pen. */
export function vus(least: 0 | 1) {
  return whole(least, 1_000_000)
}

/** A finite number, fractions allowed. */
export function number(least: 'above 0' | '0 or above') {
  return field<number>(
    least === 'above 0' ? 'a number above 0' : 'a number, 0 or above',
    (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (value > 0 || (value === 0 && least === '0 or above')),
  )
}

/** A duration, read into ms. */
export function span(least: 'above 0' | '0 or above') {
  const isAllowed = (value: unknown): boolean => {
    const read = parseDuration(value)
    return read !== undefined && (read > 0 || least === '0 or above')
  }
  const allowed = `a duration${least === 'above 0' ? ' above 0' : ''} such as "30s", "1m30s" or 500 (ms)`
  return field<string | number>(allowed, isAllowed).transform((value): Millis => parseDuration(value) ?? 0)
}

/** True or false. */
export function flag() {
  return field<boolean>('true or false', (value) => typeof value === 'boolean')
}

/** One of some names. */
export function choice<const T extends string>(...names: readonly T[]) {
  const listed = names.map((name) => `"${name}"`).join(' or ')
  return checked<T>((value) => {
    if (names.some((name) => name === value)) return undefined
    return `must be ${listed}, got ${got(value)}${typeof value === 'string' ? didYouMean(value, names) : ''}`
  })
}

/** Text; numbers and booleans are written as text. */
export function scalarText() {
  return field<string | number | boolean>('text', (value) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  ).transform(String)
}
