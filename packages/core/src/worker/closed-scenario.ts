import type { Millis } from '../model/clock.ts'
import { builtIn } from '../model/metric.ts'
import type { ClosedPlan, Shard } from '../model/plan.ts'
import type { ScenarioProgress } from '../model/snapshot.ts'
import { loopTurn } from '../model/turn.ts'
import {
  budget,
  globalIteration,
  globalVu,
  plannedVus,
  regularEnd,
  vuSteps,
  type Budget,
  type VuStep,
} from '../schedule/index.ts'
import { Recordings } from './recordings.ts'
import { factsOf, type ScenarioCounts, type ScenarioRun } from './scenario-run.ts'
import type { ShardContext } from './shard-context.ts'
import { Ticker, type TickerClock } from './ticker.ts'
import { VirtualUser } from './virtual-user.ts'

const DROPPED = builtIn('dropped_iterations')

interface Slot {
  readonly vu: VirtualUser
  /** Whether the VU is to go on after its present iteration. */
  wanted: boolean
  looping: boolean
  iterations: number
  cancelRampDown: (() => void) | undefined
}

/**
 * Executors with a number of VUs: each iterates for itself as fast as it can, while it is wanted and
 * the budget of iterations lasts.
 */
export class ClosedScenario implements ScenarioRun {
  readonly #context: ShardContext
  readonly #plan: ClosedPlan
  readonly #shard: Shard
  readonly #firstVu: number
  readonly #clock: TickerClock
  readonly #recordings: Recordings
  readonly #budget: Budget
  /** Of the whole scenario. */
  readonly #vus: number
  readonly #ticker: Ticker<VuStep>
  readonly #slots: Slot[] = []
  readonly #counts: ScenarioCounts = { started: 0, completed: 0, dropped: 0, interrupted: 0 }
  #looping = 0
  /** VUs the last step asked for: the slots below this index. */
  #wanted = 0
  #origin: Millis = 0
  #stepsOver = false
  #ending = false
  #cancelEnd: (() => void) | undefined
  #finished: (() => void) | undefined

  /** @param firstVu id of the scenario's first VU in the test. */
  constructor(context: ShardContext, plan: ClosedPlan, shard: Shard, firstVu: number, clock: TickerClock) {
    this.#context = context
    this.#plan = plan
    this.#shard = shard
    this.#firstVu = firstVu
    this.#clock = clock
    this.#recordings = new Recordings(context, plan)
    this.#budget = budget(plan, shard)
    this.#vus = plannedVus(plan).maximum
    this.#ticker = new Ticker(
      vuSteps(plan, shard),
      clock,
      (step) => this.#step(step),
      () => {
        this.#stepsOver = true
        this.#checkFinished()
      },
    )
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
    this.#finishGracefully()
  }

  interrupt(): void {
    this.#ending = true
    this.#ticker.stop()
    this.#cancelEnd?.()
    for (const slot of this.#slots) {
      slot.wanted = false
      slot.vu.interrupt()
    }
    this.#checkFinished()
  }

  progress(): ScenarioProgress {
    const { name } = this.#plan
    const done = this.#finished === undefined && this.#ending
    return { name, ...this.#counts, activeVUs: this.#looping, vus: this.#slots.length, done }
  }

  #step({ vus }: VuStep): boolean {
    for (let index = this.#slots.length; index < vus; index += 1) this.#slots.push(this.#makeSlot(index))
    for (const slot of this.#slots.slice(this.#wanted, vus)) this.#want(slot)
    for (const slot of this.#slots.slice(vus, this.#wanted)) this.#retire(slot)
    this.#wanted = vus
    return true
  }

  #want(slot: Slot): void {
    slot.cancelRampDown?.()
    slot.cancelRampDown = undefined
    slot.wanted = true
    if (!slot.looping) void this.#loop(slot)
  }

  #retire(slot: Slot): void {
    slot.wanted = false
    if (this.#plan.executor !== 'ramping-vus') return
    const deadline = this.#clock.now() + this.#plan.gracefulRampDown
    slot.cancelRampDown = this.#clock.wake(deadline, () => slot.vu.interrupt())
  }

  async #loop(slot: Slot): Promise<void> {
    slot.looping = true
    this.#looping += 1
    while (slot.wanted && !this.#ending && this.#left(slot)) {
      const iteration = globalIteration(this.#counts.started, this.#vus, this.#shard)
      this.#counts.started += 1
      slot.iterations += 1
      const turn = loopTurn()
      // oxlint-disable-next-line no-await-in-loop -- a VU does one iteration after the other
      const whole = await slot.vu.iterate(iteration, this.#recordings.at(this.#clock.now()))
      this.#counts[whole ? 'completed' : 'interrupted'] += 1
      // A script that never waits would otherwise starve the timers and sockets of this thread.
      // oxlint-disable-next-line no-await-in-loop -- a turn of the event loop with each iteration
      if (loopTurn() === turn) await new Promise(setImmediate)
    }
    slot.looping = false
    slot.cancelRampDown?.()
    this.#looping -= 1
    // It may have been wanted again while it was finishing.
    if (slot.wanted && !this.#ending && this.#left(slot)) void this.#loop(slot)
    else this.#checkFinished()
  }

  #left(slot: Slot): boolean {
    switch (this.#budget.kind) {
      case 'unlimited':
        return true
      case 'shared':
        return this.#counts.started < this.#budget.iterations
      case 'per-vu':
        return slot.iterations < this.#budget.iterations
    }
  }

  #makeSlot(index: number): Slot {
    const facts = factsOf(
      this.#plan,
      this.#clock,
      () => this.#origin,
      regularEnd(this.#plan),
      () => this.#share(),
    )
    const vu = new VirtualUser(this.#context, this.#plan, facts, this.#firstVu + globalVu(index, this.#shard))
    return { vu, wanted: false, looping: false, iterations: 0, cancelRampDown: undefined }
  }

  /** The time is over: iterations of the budget that never started are dropped ones. */
  #end(): void {
    const left = this.#unstarted()
    if (left > 0) {
      this.#counts.dropped += left
      this.#context.sink.add(DROPPED, left, this.#context.tagsOf(this.#plan))
    }
    this.#finishGracefully()
  }

  /** Iterations of the budget, in this stripe; `undefined` where there is none. */
  #all(): number | undefined {
    if (this.#budget.kind === 'unlimited') return undefined
    return this.#budget.kind === 'shared'
      ? this.#budget.iterations
      : this.#budget.iterations * this.#slots.length
  }

  #unstarted(): number {
    return (this.#all() ?? this.#counts.started) - this.#counts.started
  }

  /** What of the budget is done. */
  #share(): number {
    const all = this.#all() ?? 0
    return all === 0 ? 0 : (this.#counts.completed + this.#counts.interrupted) / all
  }

  #finishGracefully(): void {
    if (this.#ending) return
    this.#ending = true
    this.#ticker.stop()
    this.#cancelEnd?.()
    this.#cancelEnd = this.#clock.wake(this.#clock.now() + this.#plan.gracefulStop, () => this.interrupt())
    this.#checkFinished()
  }

  #checkFinished(): void {
    const spent = this.#stepsOver && this.#budget.kind !== 'unlimited'
    if (this.#looping > 0 || !(this.#ending || spent)) return
    this.#ending = true
    this.#ticker.stop()
    this.#cancelEnd?.()
    for (const slot of this.#slots) slot.vu.close()
    this.#finished?.()
    this.#finished = undefined
  }
}
