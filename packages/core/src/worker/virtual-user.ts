import { closeConnections } from '../client/pools.ts'
import { now, type Millis } from '../model/clock.ts'
import { Running } from '../model/interrupt.ts'
import { builtIn } from '../model/metric.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { hashSeed, seeded } from '../model/random.ts'
import type { Tags } from '../model/tags.ts'
import { TestAborted } from '../script/exec.ts'
import { runInScope, scopeOf, type Scope, type ScenarioFacts, type VuState } from '../script/scope.ts'
import type { Recording } from './recordings.ts'
import type { ShardContext } from './shard-context.ts'

const STARTED = builtIn('iterations_started')
const ITERATIONS = builtIn('iterations')
const DURATION = builtIn('iteration_duration')
const FAILED = builtIn('iteration_failed')
const INTERRUPTED = builtIn('interrupted_iterations')

type Settled = 'done' | 'failed' | 'cut'

/** One virtual user of one scenario: runs the script's function, one iteration at a time. */
export class VirtualUser {
  readonly #context: ShardContext
  readonly #work: (data: unknown) => unknown
  readonly #scenario: ScenarioFacts
  readonly #tags: Tags
  readonly #id: number
  #scope: Scope
  /** The tags the VU has from here and not from its script. */
  #given: Tags
  /** The stage among them, while it has one. */
  #stage: string | undefined
  #data: { readonly value: unknown } | undefined
  #cut: (() => void) | undefined

  constructor(context: ShardContext, plan: ScenarioPlan, scenario: ScenarioFacts, id: number) {
    this.#context = context
    this.#work = context.functionOf(plan)
    this.#scenario = scenario
    this.#tags = context.tagsOf(plan)
    this.#given = this.#tags
    this.#id = id
    this.#scope = this.#freshScope(0)
    context.counts.add('vusInitialized', 1)
  }

  get busy(): boolean {
    return this.#cut !== undefined
  }

  /**
   * Runs one iteration to its end, or until it is cut off. Never throws: what the script throws is
   * the metric `iteration_failed` and a line in the log.
   * @param iteration its number in the whole scenario. @param recording where it records. @param scheduledAt
   * its due time, open model only.
   * @returns whether it ran to its end.
   */
  iterate(iteration: number, recording: Recording, scheduledAt?: Millis): Promise<boolean> {
    const scope = this.#scope
    const { vu } = scope
    vu.iterationInTest = iteration
    this.#recordInto(vu, recording)
    this.#context.counts.add('vusActive', 1)
    const startedAt = now()
    vu.scheduledAt = scheduledAt ?? startedAt
    // One promise for all of it: with each, every iteration of a plain request costs noticeably more.
    return new Promise((resolve) => {
      this.#run(scope, (outcome) => {
        const took = now() - startedAt
        this.#count(vu, recording, outcome, took)
        const padding = this.#context.minIterationDuration - took
        if (outcome === 'cut' || padding <= 0) resolve(outcome !== 'cut')
        else this.#pause(padding, () => resolve(true))
      })
      // After the script has had its turn: counting must not make it late.
      this.#context.sink.add(STARTED, 1, recording.tags)
    })
  }

  /** Tags the script has given its VU stay, a stage of its own too; one of ours that is over does not. */
  #recordInto(vu: VuState, { sink, tags }: Recording): void {
    vu.sink = sink
    const { stage } = tags
    const { stage: present } = vu.tags
    if (vu.tags === this.#given) vu.tags = this.#given = tags
    else if (stage === undefined || (present !== undefined && present !== this.#stage)) return
    else if (present !== stage) vu.tags = Object.freeze({ ...vu.tags, stage })
    this.#stage = stage
  }

  #count(vu: VuState, { sink, tags }: Recording, outcome: Settled, took: Millis): void {
    const { counts } = this.#context
    counts.add('vusActive', -1)
    vu.iterationInScenario += 1
    vu.iterationInInstance += 1
    if (outcome === 'cut') {
      counts.add('iterationsInterrupted', 1)
      sink.add(INTERRUPTED, 1, tags)
      return
    }
    counts.add('iterationsCompleted', 1)
    sink.add(ITERATIONS, 1, tags)
    sink.add(DURATION, took, tags)
    sink.add(FAILED, outcome === 'failed' ? 1 : 0, tags)
  }

  /** Cuts the running iteration off; its code may go on, but is no longer waited for nor recorded. */
  interrupt(): void {
    if (this.#cut === undefined) return
    const { vu } = this.#scope
    // First: an iteration that only waits for calls would take their being cut for its end.
    this.#cut()
    // Calls under way are recorded as interrupted before the VU is closed to everything later.
    for (const running of vu.running) running.interrupt()
    vu.closed = true
    closeConnections(vu)
    this.#scope = this.#freshScope(vu.iterationInScenario)
  }

  close(): void {
    this.interrupt()
    const { vu } = this.#scope
    for (const running of vu.running) running.interrupt()
    vu.closed = true
    closeConnections(vu)
  }

  /** @param settled told once how it ended. */
  #run(scope: Scope, settled: (outcome: Settled) => void): void {
    const { vu } = scope
    let over = false
    const settle = (outcome: Settled) => {
      if (over) return
      over = true
      this.#ranCode()
      this.#cut = undefined
      settled(outcome)
    }
    this.#cut = () => settle('cut')
    // As in k6 an iteration is over when nothing of it runs any more, awaited or not.
    const settleOnceIdle = (outcome: Settled) => vu.running.whenEmpty(() => settle(outcome))
    const failed = (error: unknown) => {
      if (vu.closed) return
      if (error instanceof TestAborted) {
        settle('cut')
        return
      }
      this.#context.iterationFailed(this.#scenario.name, error)
      settleOnceIdle('failed')
    }
    const done = () => {
      if (!vu.closed) settleOnceIdle('done')
    }
    try {
      // Within the try: the function may throw before it gives a promise.
      Promise.resolve(runInScope(scope, () => this.#work(this.#setupData()))).then(done, failed)
      this.#ranCode()
    } catch (error) {
      failed(error)
    }
  }

  /** Told wherever script code gives the thread back, so that it is known whose code kept it for long. */
  #ranCode(): void {
    this.#context.ranCode(this.#scenario.name)
  }

  /** Pads a short iteration; an interruption ends the wait. */
  #pause(millis: Millis, over: () => void): void {
    const end = () => {
      clearTimeout(timer)
      this.#cut = undefined
      over()
    }
    const timer = setTimeout(end, millis)
    this.#cut = end
  }

  /** What setup() returned: read once per VU, so that a VU's changes stay its own (k6). */
  #setupData(): unknown {
    this.#data ??= { value: this.#context.setupData() }
    return this.#data.value
  }

  #freshScope(iterationInScenario: number): Scope {
    const { options, control, counts, sink } = this.#context
    this.#given = this.#tags
    this.#stage = this.#tags['stage']
    const vu: VuState = {
      idInTest: this.#id,
      idInInstance: this.#id,
      iterationInInstance: iterationInScenario,
      iterationInScenario,
      iterationInTest: 0,
      scheduledAt: undefined,
      scenario: this.#scenario,
      instance: counts,
      control,
      options,
      sink,
      random: seeded(hashSeed(`${options.seed} ${this.#scenario.name} ${this.#id} ${iterationInScenario}`)),
      running: new Running(() => this.#ranCode()),
      connections: undefined,
      closed: false,
      tags: this.#tags,
    }
    return scopeOf(vu)
  }
}
