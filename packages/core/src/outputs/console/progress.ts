import { formatDuration } from '../../model/duration.ts'
import type { Millis } from '../../model/clock.ts'
import { figure, plain } from '../figures.ts'
import type { Paint } from './paint.ts'

/** Where a run stands in one second. */
export interface ProgressFacts {
  readonly elapsed: Millis
  /** Regular end of the last scenario. */
  readonly planned: Millis
  readonly vus: number
  /** Iterations started in the last second. */
  readonly rate: number
  /** What the schedules ask for now, per second; absent where only VUs set the pace. */
  readonly intendedRate: number | undefined
  /** Over the last second; absent without data. */
  readonly ttftP95: number | undefined
  readonly tokensPerSecond: number
  readonly errors: number
  readonly dropped: number
  /** Something the run waits for, once it no longer starts anything. */
  readonly waiting?: string
}

/** One line; it fits 80 columns as long as numbers stay in their usual size. */
export function progressText(facts: ProgressFacts, paint: Paint): string {
  const seconds = (millis: Millis) => formatDuration(Math.round(millis / 1_000) * 1_000).replace('0ms', '0s')
  const clock = `${seconds(facts.elapsed)}/${seconds(facts.planned)}`
  const errors = `${plain(facts.errors)} err`
  const dropped = `${plain(facts.dropped)} drop`
  const cells = [
    clock.padStart(9),
    `${plain(facts.vus)} VUs`,
    `${plain(facts.rate)}${facts.intendedRate === undefined ? '' : `/${plain(facts.intendedRate)}`} it/s`,
    `ttft p95 ${figure(facts.ttftP95, 'ms')}`,
    `${plain(facts.tokensPerSecond)} tok/s`,
    facts.errors > 0 ? paint.bad(errors) : errors,
    facts.dropped > 0 ? paint.warn(dropped) : dropped,
  ]
  const line = cells.join(paint.dim(' │ '))
  return facts.waiting === undefined ? line : `${line}  ${paint.dim(facts.waiting)}`
}
