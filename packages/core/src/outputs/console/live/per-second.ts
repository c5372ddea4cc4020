import { plain } from '../../figures.ts'

/** A rate to a digit at most, so that a column of rates stands still. */
export function perSecond(rate: number): string {
  return rate < 10 && !Number.isInteger(rate) ? rate.toFixed(1) : plain(Math.round(rate))
}

/** `40 VUs` */
export function vusText(vus: number): string {
  return `${plain(vus)} VU${vus === 1 ? '' : 's'}`
}

/** `9.8 of 10`; without a schedule, the rate alone. */
export function paceText(rate: number, intended: number | undefined): string {
  return `${perSecond(rate)}${intended === undefined ? '' : ` of ${perSecond(intended)}`}`
}
