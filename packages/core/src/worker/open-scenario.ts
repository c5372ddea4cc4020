import type { Millis } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import type { OpenPlan, Shard } from '../model/plan.ts'
import type { ScenarioProgress } from '../model/snapshot.ts'
import {
  arrivals,
  globalVu,
  plannedVus,
  regularEnd,
  share,
  type Due as ArrivalDue,
} from '../schedule/index.ts'
import { Recordings } from './recordings.ts'
import { factsOf, type ScenarioCounts, type ScenarioRun } from './scenario-run.ts'
import type { ShardContext } from './shard-context.ts'
import { Ticker, type TickerClock } from './ticker.ts'
import { VirtualUser } from './virtual-user.ts'

const DROPPED = builtIn('dropped_iterations')
const LAG = builtIn('schedule_lag')

/** Where the lateness of the loop itself is noted, waits for a free VU left out. */
export type NoteLateness = (late: Millis) => void

/**
 * Arrival-rate executors: the schedule says when an iteration starts, whether or not earlier ones are
 * done. One that finds no free VU is dropped and counted, or with `onSaturation: 'queue'` waits, its
 * due time kept. VUs cost next to nothing here, so those up to `maxVUs` are made the moment they are
 * needed, and no iteration is lost to their making (k6 drops it).
 */
export class OpenScenario implements ScenarioRun {
  readonly #context: ShardContext
  readonly #plan: OpenPlan
  readonly #shard: Shard
  readonly #firstVu: number
  readonly #clock: TickerClock
  readonly #note: NoteLateness
  readonly #recordings: Recordings
  readonly #ticker: Ticker<ArrivalDue>
  readonly #maximum: number
  readonly #idle: VirtualUser[] = []
  readonly #all: VirtualUser[] = []
  readonly #counts: ScenarioCounts = { started: 0, completed: 0, dropped: 0, interrupted: 0 }
  #active = 0
  #origin: Millis = 0
  #held = false
  /** See `ScenarioProgress`. */
  #followed: Millis | undefined
  #ending = false
  #cancelEnd: (() => void) | undefined
  #finished: (() => void) | undefined

  /** @param firstVu id of the scenario's first VU in the test. */
  constructor(
    context: ShardContext,
    plan: OpenPlan,
    shard: Shard,
    firstVu: number,
    clock: TickerClock,
    note: NoteLateness,
  ) {
    this.#context = context
    this.#plan = plan
    this.#shard = shard
    this.#firstVu = firstVu
    this.#clock = clock
    this.#note = note
    this.#recordings = new Recordings(context, plan)
    const { initial, maximum } = plannedVus(plan)
    this.#maximum = share(maximum, shard)
    this.#ticker = new Ticker(
      arrivals(plan, shard, context.options.seed),
      clock,
      (due, late) => this.#due(due, late),
      () => this.#checkFinished(),
    )
    for (let made = share(initial, shard); made > 0; made -= 1) this.#idle.push(this.#makeVu())
    this.#idle.reverse()
  }

  run(origin: Millis): Promise<void> {
    this.#origin = origin
    this.#recordings.begin(origin)
    return new Promise((resolve) => {
      this.#finished = resolve
      this.#cancelEnd = this.#clock.wake(origin + regularEnd(this.#plan), () => this.#end())
      this.#ticker.start(origin)
    })
  }

  stop(): void {
    this.#leaveSchedule()
    this.#finishGracefully()
  }

  interrupt(): void {
    this.#leaveSchedule()
    this.#ending = true
    this.#cancelEnd?.()
    for (const vu of this.#all) vu.interrupt()
    this.#checkFinished()
  }

  progress(): ScenarioProgress {
    const { name } = this.#plan
    const done = this.#finished === undefined && this.#ending
    const followed = this.#followed
    return {
      name,
      ...this.#counts,
      activeVUs: this.#active,
      vus: this.#all.length,
      done,
      ...(followed !== undefined && { followed }),
    }
  }

  #due(due: ArrivalDue, late: Millis): boolean {
    const vu = this.#idle.pop() ?? this.#grow()
    if (vu === undefined && this.#plan.onSaturation === 'queue') {
      this.#held = true
      return false
    }
    if (this.#held) this.#held = false
    else this.#note(late)
    if (vu === undefined) this.#drop(1, due.at)
    else void this.#start(vu, due, late)
    return true
  }

  async #start(vu: VirtualUser, due: ArrivalDue, late: Millis): Promise<void> {
    this.#counts.started += 1
    this.#active += 1
    const recording = this.#recordings.at(this.#clock.now())
    recording.sink.add(LAG, late, recording.tags)
    const whole = await vu.iterate(due.iteration, recording, this.#origin + due.at)
    this.#active -= 1
    this.#counts[whole ? 'completed' : 'interrupted'] += 1
    this.#idle.push(vu)
    if (this.#held) this.#ticker.resume()
    this.#checkFinished()
  }

  #grow(): VirtualUser | undefined {
    return this.#all.length < this.#maximum ? this.#makeVu() : undefined
  }

  #makeVu(): VirtualUser {
    const facts = factsOf(this.#plan, this.#clock, () => this.#origin, regularEnd(this.#plan))
    const id = this.#firstVu + globalVu(this.#all.length, this.#shard)
    const vu = new VirtualUser(this.#context, this.#plan, facts, id)
    this.#all.push(vu)
    return vu
  }

  /** The schedule is over: what still waits for a VU never started. */
  #end(): void {
    // A late loop first does what was due in time.
    this.#ticker.resume()
    this.#followed ??= regularEnd(this.#plan)
    this.#drop(this.#ticker.drain(Number.POSITIVE_INFINITY), this.#followed)
    this.#finishGracefully()
  }

  /** Before the end of the schedule: what is due and waits for a VU never starts. Done once. */
  #leaveSchedule(): void {
    if (this.#followed === undefined) {
      const hasBegun = this.#finished !== undefined
      const own = hasBegun ? this.#clock.now() - this.#origin : 0
      this.#followed = Math.min(Math.max(0, own), regularEnd(this.#plan))
      if (this.#held) this.#drop(this.#ticker.drain(this.#followed), this.#followed)
    }
    this.#ticker.stop()
  }

  /** @param at when it was due, or given up, from the start of the scenario. */
  #drop(count: number, at: Millis): void {
    if (count === 0) return
    this.#counts.dropped += count
    const { sink, tags } = this.#recordings.at(this.#origin + at)
    sink.add(DROPPED, count, tags)
  }

  #finishGracefully(): void {
    if (this.#ending) return
    this.#ending = true
    this.#cancelEnd?.()
    this.#cancelEnd = this.#clock.wake(this.#clock.now() + this.#plan.gracefulStop, () => this.interrupt())
    this.#checkFinished()
  }

  #checkFinished(): void {
    if (!this.#ending || this.#active > 0) return
    this.#cancelEnd?.()
    for (const vu of this.#all) vu.close()
    this.#finished?.()
    this.#finished = undefined
  }
}
