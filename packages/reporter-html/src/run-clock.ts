import { GAP } from './format.ts'

/** How the moments of one run are written, all of them s from its start. */
export interface RunClock {
  /** In running text. */
  readonly said: (seconds: number) => string
  /** In a column, each with the same digits. */
  readonly listed: (seconds: number) => string
  /** Below an axis: with every digit it has, down to the millisecond, so that no two ticks read the same. */
  readonly tick: (seconds: number) => string
}

/** Of a run shorter than this, s, a clock would tell too little. */
const SHORT = 5
/** And of one as short as this hundredths would. */
const SHORTEST = 0.5

/** `0:05`, `12:30`, `1:02:03`; of a run of a few seconds `0.25 s`. @param length of the run, s */
export function clockOf(length: number): RunClock {
  if (length >= SHORT) {
    return {
      said: (seconds) => clock(seconds, 1).replace(/\.0$/, ''),
      listed: (seconds) => clock(seconds, 1),
      tick: (seconds) => clock(seconds, 3).replace(/\.?0+$/, ''),
    }
  }
  const digits = length > SHORTEST ? 2 : 3
  return {
    said: (seconds) => `${Number(seconds.toFixed(digits))}${GAP}s`,
    listed: (seconds) => `${seconds.toFixed(digits)}${GAP}s`,
    tick: (seconds) => `${Number(seconds.toFixed(3))}${GAP}s`,
  }
}

/** How long a run was, s, as far as it was recorded. */
export function lengthOf({ at }: { readonly at: readonly number[] }): number {
  return at.at(-1) ?? 0
}

/** @param digits of the fraction of a second */
function clock(seconds: number, digits: number): string {
  const size = 10 ** digits
  const parts = Math.round(seconds * size)
  const whole = Math.floor(parts / size)
  const rest = `${twoDigits(whole % 60)}.${String(parts % size).padStart(digits, '0')}`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${rest}`
}

function twoDigits(amount: number): string {
  return String(amount).padStart(2, '0')
}
