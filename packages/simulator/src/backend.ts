import { performance } from 'node:perf_hooks'
import { Agenda, type Lateness } from './agenda.ts'
import type { FaultName } from './faults.ts'
import { Memory } from './memory.ts'
import type { Settings } from './schema.ts'
import { Slots } from './slots.ts'
import { Truth } from './truth.ts'

/** Counts since the start, as `GET /_sim/stats` gives them. */
export interface SimulatorStats {
  readonly accepted: number
  /** Requests being answered. */
  readonly active: number
  /** Requests waiting for a slot. */
  readonly queued: number
  /** Requests over, for whatever reason. */
  readonly finished: number
  /** Requests whose client went away first. */
  readonly left: number
  readonly faults: Readonly<Partial<Record<FaultName, number>>>
  /** How late the simulator did what was due, ms: the error of its own timing. */
  readonly lateness: Lateness
  /** Share of the time its event loop was busy; towards 1 it is the bottleneck itself. */
  readonly utilization: number
}

/** What all requests of one server share. */
export class Backend {
  readonly settings: Settings
  readonly agenda = new Agenda()
  readonly slots: Slots
  readonly truth: Truth
  readonly memory = new Memory()
  accepted = 0
  finished = 0
  left = 0
  readonly #faults: Partial<Record<FaultName, number>> = {}
  readonly #loop = performance.eventLoopUtilization()

  constructor(settings: Settings) {
    this.settings = settings
    this.slots = new Slots(settings.slots ?? Infinity, settings.queueLimit ?? Infinity)
    this.truth = new Truth(settings.truth)
  }

  countFault(name: FaultName): void {
    this.#faults[name] = (this.#faults[name] ?? 0) + 1
  }

  stats(): SimulatorStats {
    const { accepted, finished, left, slots, agenda } = this
    return {
      accepted,
      active: slots.held,
      queued: slots.queued,
      finished,
      left,
      faults: this.#faults,
      lateness: agenda.lateness,
      utilization: performance.eventLoopUtilization(this.#loop).utilization,
    }
  }
}
