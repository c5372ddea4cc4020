import { now, type Millis } from '../model/clock.ts'
import type { InstanceFacts } from '../script/scope.ts'

const FIELDS = ['iterationsCompleted', 'iterationsInterrupted', 'vusActive', 'vusInitialized'] as const
type Field = (typeof FIELDS)[number]

/** Counts of the whole process in memory all its workers share (`exec.instance`). */
export class InstanceCounts implements InstanceFacts {
  readonly buffer: SharedArrayBuffer
  readonly #counts: Int32Array
  #startedAt: Millis | undefined

  constructor(buffer = new SharedArrayBuffer(FIELDS.length * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer
    this.#counts = new Int32Array(buffer)
  }

  begin(startedAt: Millis): void {
    this.#startedAt = startedAt
  }

  add(field: Field, amount: number): void {
    Atomics.add(this.#counts, FIELDS.indexOf(field), amount)
  }

  get iterationsCompleted(): number {
    return this.#read('iterationsCompleted')
  }
  get iterationsInterrupted(): number {
    return this.#read('iterationsInterrupted')
  }
  get vusActive(): number {
    return this.#read('vusActive')
  }
  get vusInitialized(): number {
    return this.#read('vusInitialized')
  }
  get currentTestRunDuration(): Millis {
    return this.#startedAt === undefined ? 0 : Math.max(0, now() - this.#startedAt)
  }

  #read(field: Field): number {
    return Atomics.load(this.#counts, FIELDS.indexOf(field))
  }
}
