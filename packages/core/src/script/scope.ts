import { AsyncLocalStorage } from 'node:async_hooks'
import type { Millis } from '../model/clock.ts'
import type { Running } from '../model/interrupt.ts'
import type { Plan } from '../model/plan.ts'
import type { Random } from '../model/random.ts'
import type { SampleSink } from '../model/sink.ts'
import type { Tags } from '../model/tags.ts'

/** What `exec` tells about the scenario a VU works for. */
export interface ScenarioFacts {
  readonly name: string
  readonly executor: string
  readonly env: Readonly<Record<string, string>>
  /** Wall clock, ms since 1970. */
  readonly startTime: number
  progress(): number
}

/** Counts of this process, all its workers together. */
export interface InstanceFacts {
  readonly iterationsCompleted: number
  readonly iterationsInterrupted: number
  readonly vusActive: number
  readonly vusInitialized: number
  readonly currentTestRunDuration: Millis
}

/** How a script ends or fails the run it is part of. */
export interface RunControl {
  abort(reason: string): void
  fail(reason: string): void
}

/**
 * One VU's state while it works for one scenario. A VU whose iteration was cut off is closed: what
 * the abandoned code still does is no longer recorded.
 */
export interface VuState {
  readonly idInTest: number
  readonly idInInstance: number
  iterationInInstance: number
  iterationInScenario: number
  iterationInTest: number
  /** The iteration's due time, until its first call takes it. */
  scheduledAt: Millis | undefined
  readonly scenario: ScenarioFacts | undefined
  readonly instance: InstanceFacts
  readonly control: RunControl
  readonly options: Plan
  /** Changes from iteration to iteration only. */
  sink: SampleSink
  readonly random: Random
  /** Calls and sleeps under way. */
  readonly running: Running
  /** Opaque here: the client keeps the VU's connections in it. */
  connections: object | undefined
  closed: boolean
  /** Tags of everything the VU records. Frozen, and replaced as a whole by `exec.vu.metrics.tags`. */
  tags: Tags
}

/** Where in a script something happens: which VU, which group, under which tags. */
export interface Scope {
  readonly vu: VuState
  /** `''` outside of groups, `::outer::inner` within (k6's form). */
  readonly group: string
  /** Tags of everything recorded here: the VU's, and the group's. */
  readonly tags: Tags
}

/** The scope of a VU's code, outside of groups or in one. */
export function scopeOf(vu: VuState, group = ''): Scope {
  let from: Tags | undefined
  let tags: Tags = {}
  return {
    vu,
    group,
    get tags() {
      // Made anew only after the script has changed the VU's tags.
      if (from !== vu.tags) {
        from = vu.tags
        tags = group === '' ? vu.tags : { ...vu.tags, group }
      }
      return tags
    },
  }
}

const storage = new AsyncLocalStorage<Scope>()

/** The scope of the running code; `undefined` at the top of a script and in a plain Node program. */
export function currentScope(): Scope | undefined {
  return storage.getStore()
}

/** Runs `work`, and all it awaits, inside `scope`. */
export function runInScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, work)
}
