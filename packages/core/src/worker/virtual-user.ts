import { closeConnections } from '../client/pools.ts'
import { now, type Millis } from '../model/clock.ts'
import { Running } from '../model/interrupt.ts'
import { builtIn } from '../model/metric.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import { hashSeed, seeded } from '../model/random.ts'
import type { Tags } from '../model/tags.ts'
import { TestAborted } from '../script/exec.ts'
import { runInScope, scopeOf, type Scope, type ScenarioFacts, type VuState } from '../script/scope.ts'
import type { ShardContext } from './shard-context.ts'

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
  #data: { readonly value: unknown } | undefined
  #cut: (() => void) | undefined

  constructor(context: ShardContext, plan: ScenarioPlan, scenario: ScenarioFacts, id: number) {
    this.#context = context
    this.#work = context.functionOf(plan)
    this.#scenario = scenario
    this.#tags = context.tagsOf(plan)
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
   * @param iteration its number in the whole scenario. @param scheduledAt its due time, open model only.
   * @returns whether it ran to its end.
   */
  async iterate(iteration: number, scheduledAt?: Millis): Promise<boolean> {
    const { sink, counts, minIterationDuration } = this.#context
    const scope = this.#scope
    const { vu } = scope
    vu.iterationInTest = iteration
    counts.add('vusActive', 1)
    const startedAt = now()
    vu.scheduledAt = scheduledAt ?? startedAt
    const outcome = await this.#settled(scope)
    counts.add('vusActive', -1)
    vu.iterationInScenario += 1
    vu.iterationInInstance += 1
    if (outcome === 'cut') {
      counts.add('iterationsInterrupted', 1)
      sink.add(INTERRUPTED, 1, this.#tags)
      return false
    }
    const took = now() - startedAt
    counts.add('iterationsCompleted', 1)
    sink.add(ITERATIONS, 1, this.#tags)
    sink.add(DURATION, took, this.#tags)
    sink.add(FAILED, outcome === 'failed' ? 1 : 0, this.#tags)
    if (took < minIterationDuration) await this.#pause(minIterationDuration - took)
    return true
  }

  /** Cuts the running iteration off; its code may go on, but is no longer waited for nor recorded. */
  interrupt(): void {
    if (this.#cut === undefined) return
    const { vu } = this.#scope
    const cut = this.#cut
    // Calls under way are recorded as interrupted before the VU is closed to everything later.
    for (const running of vu.running) running.interrupt()
    vu.closed = true
    closeConnections(vu)
    cut()
    this.#scope = this.#freshScope(vu.iterationInScenario + 1)
  }

  close(): void {
    this.interrupt()
    const { vu } = this.#scope
    for (const running of vu.running) running.interrupt()
    vu.closed = true
    closeConnections(vu)
  }

  #settled(scope: Scope): Promise<Settled> {
    const { vu } = scope
    return new Promise((resolve) => {
      const settle = (outcome: Settled) => {
        this.#ranCode()
        this.#cut = undefined
        resolve(outcome)
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
    })
  }

  /** Told wherever script code gives the thread back, so that it is known whose code kept it for long. */
  #ranCode(): void {
    this.#context.ranCode(this.#scenario.name)
  }

  /** Pads a short iteration; an interruption ends the wait. */
  #pause(millis: Millis): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#cut = undefined
        resolve()
      }
      const timer = setTimeout(end, millis)
      this.#cut = end
    })
  }

  /** What setup() returned: read once per VU, so that a VU's changes stay its own (k6). */
  #setupData(): unknown {
    this.#data ??= { value: this.#context.setupData() }
    return this.#data.value
  }

  #freshScope(iterationInScenario: number): Scope {
    const { options, control, counts, sink } = this.#context
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
