import type { Millis } from '../model/clock.ts'
import type { ProcessHealth } from './process-readings.ts'
import type { WorkerHealth } from './worker-readings.ts'

/** The scheduled starts of one arrival-rate scenario, up to where the run ended. */
export interface StartCounts {
  readonly scenario: string
  /** Iterations the schedule asked for. */
  readonly intended: number
  readonly started: number
  /** Due while every VU was busy. */
  readonly dropped: number
}

export interface ClampedValues {
  readonly metric: string
  readonly clamped: number
  readonly count: number
}

/** A time that was measured, as it typically was. */
export interface Typical {
  readonly metric: string
  readonly time: Millis
  /** `average` where that is less than the median, or the median is 0; `assumed` where nothing was measured. */
  readonly by: 'median' | 'average' | 'assumed'
}

/** Everything the verdict is made from. */
export interface HealthInput {
  readonly workers: readonly WorkerHealth[]
  /** Process and machine; absent where nothing was read of them. */
  readonly process?: ProcessHealth | undefined
  /** Shards whose worker ended before its work was done. */
  readonly died: readonly number[]
  /** Worker threads of the run, and cores of the machine they ran on. */
  readonly threads: number
  readonly cores: number
  /**
   * What delays spoil: `ttft` and `itl`, or the whole of answers that have neither. Only what came well:
   * how fast requests fail says nothing about what a delay does to an answer.
   */
  readonly typical: readonly Typical[]
  /** Requests were made, and not one ended well. */
  readonly allFailed: boolean
  readonly starts: readonly StartCounts[]
  readonly clamped: readonly ClampedValues[]
  readonly foldedTagSets: number
}

const LONGEST_NAME = 24

/** Most characters of a headline. */
export const HEADLINE = 100

/** Something to say about the generator. A note changes nothing about the verdict. */
export interface Finding {
  readonly level: 'note' | 'degraded' | 'invalid'
  /** The gist, for a line of a terminal: at most `HEADLINE` characters. */
  readonly headline: string
  /** A whole sentence: what was measured, against what, what to do. */
  readonly detail: string
  /** It would be a judgement in a run that can be judged. */
  readonly pardoned?: true
}

/** The level of a figure with two bounds, either of which it may reach without being over it. */
export function levelOf(
  value: number,
  degraded: number,
  invalid: number,
): 'degraded' | 'invalid' | undefined {
  if (value > invalid) return 'invalid'
  return value > degraded ? 'degraded' : undefined
}

/** The worker with the largest value of a figure, among those that have it. */
export function worstBy(
  workers: readonly WorkerHealth[],
  figure: (worker: WorkerHealth) => number | undefined,
): WorkerHealth | undefined {
  const having = workers.filter((worker) => figure(worker) !== undefined)
  return having.toSorted((a, b) => (figure(b) ?? 0) - (figure(a) ?? 0))[0]
}

/** To two digits: `0.4%`, `94%`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))}%`
}

/** A name within a headline. */
export function brief(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}

/** `1 worker`, `2 workers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
