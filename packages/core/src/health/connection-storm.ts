import type { ErrorDelta, Snapshot } from '../model/snapshot.ts'
import { STORM } from './bounds.ts'

const FAILURES = new Set(['request_failed', 'http_req_failed'])

/** Seconds in which a worker did little but fail to connect. */
export interface ConnectionStorm {
  readonly seconds: number
  /** Failed connections of the worst of them, and which that was. */
  readonly most: number
  readonly second: number
}

/**
 * Failed connections of an interval in which none came about: VUs that loop try again at once, as fast as the
 * thread can, and nothing is measured that its pace could spoil.
 * @returns `undefined` where something was answered, or fewer failed than `STORM` a second.
 */
export function stormIn({ errors, series, health, from, to }: Snapshot): number | undefined {
  const failed = errors.reduce((sum, one) => sum + (isTheirs(one) ? one.count : 0), 0)
  if (failed === 0 || failed * 1_000 < STORM * (to - from)) return undefined
  const answered = series.some((one) => one.type === 'rate' && FAILURES.has(one.metric) && one.fails > 0)
  return answered || (health?.contentFrames ?? 0) > 0 ? undefined : failed
}

/** `other`: among them are the generator's own, which has no port or file left. Those are held against it. */
function isTheirs({ class: name, example }: ErrorDelta): boolean {
  return name === 'connection' && example.fault !== 'other'
}
