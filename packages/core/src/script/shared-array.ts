import { LoadbenchError } from '../model/errors.ts'
import { deepFreeze } from './deep-freeze.ts'
import { currentScope } from './scope.ts'

/** The rows of one array as JSON, in memory all threads see: `offsets[i]` is where row i starts in `bytes`. */
export interface SharedRows {
  readonly bytes: SharedArrayBuffer
  readonly offsets: SharedArrayBuffer
}

const store = new Map<string, SharedRows>()

/** What this thread's arrays hold, to be handed to other threads. */
export function sharedRows(): ReadonlyMap<string, SharedRows> {
  return store
}

/** Makes the arrays of another thread known here, before the script is loaded. */
export function adoptSharedRows(rows: ReadonlyMap<string, SharedRows>): void {
  for (const [name, one] of rows) store.set(name, one)
}

/**
 * A list that is read once per process and kept once for all workers. Each access gives a fresh,
 * frozen copy of the row, parsed from JSON: good for many rows, wasteful for one huge one.
 */
export class SharedArray<T> implements Iterable<T> {
  readonly [index: number]: T
  readonly length: number
  readonly #rows: SharedRows

  /**
   * @param name equal names share one list.
   * @param read called once per process; its rows must survive JSON.
   * @throws LB_INIT_ONLY inside an iteration, LB_CALL_INVALID when `read` gives no array.
   */
  constructor(name: string, read: () => readonly T[]) {
    if (currentScope() !== undefined) {
      throw new LoadbenchError(
        'LB_INIT_ONLY',
        `the SharedArray "${name}" was made inside an iteration`,
        'Make it at the top of the script.',
      )
    }
    let rows = store.get(name)
    if (rows === undefined) {
      rows = pack(name, read())
      store.set(name, rows)
    }
    this.#rows = rows
    this.length = rows.offsets.byteLength / Float64Array.BYTES_PER_ELEMENT - 1
    return new Proxy(this, {
      get: (target, key) => {
        const index = typeof key === 'string' ? Number(key) : Number.NaN
        if (Number.isInteger(index)) return target.at(index)
        const value: unknown = Reflect.get(target, key, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  /** The row at `index`; negative counts from the end; `undefined` outside. */
  at(index: number): T | undefined {
    const row = index < 0 ? this.length + index : index
    if (row < 0 || row >= this.length) return undefined
    const offsets = new Float64Array(this.#rows.offsets, row * Float64Array.BYTES_PER_ELEMENT, 2)
    const [from = 0, to = 0] = offsets
    // A view of shared memory cannot be decoded as it is; the copy is one row long.
    const bytes = Buffer.from(new Uint8Array(this.#rows.bytes, from, to - from))
    return deepFreeze(JSON.parse(bytes.toString('utf8')) as T)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as T
  }
}

function pack(name: string, rows: unknown): SharedRows {
  if (!Array.isArray(rows)) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `the function of the SharedArray "${name}" gave no array`,
      'Return an array whose rows can be written as JSON.',
    )
  }
  const lines = rows.map((row) => Buffer.from(JSON.stringify(row ?? null)))
  const size = lines.reduce((sum, line) => sum + line.length, 0)
  const bytes = new SharedArrayBuffer(size)
  const offsets = new SharedArrayBuffer((lines.length + 1) * Float64Array.BYTES_PER_ELEMENT)
  const into = new Uint8Array(bytes)
  const starts = new Float64Array(offsets)
  let at = 0
  for (const [index, line] of lines.entries()) {
    into.set(line, at)
    at += line.length
    starts[index + 1] = at
  }
  return { bytes, offsets }
}
