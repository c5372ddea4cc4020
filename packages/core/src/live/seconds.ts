import type { Snapshot } from '../model/snapshot.ts'

/**
 * Puts the snapshots of all workers in step: hands on those of one second together, once every
 * living worker has reported it or a later one.
 */
export class Seconds {
  readonly #latest = new Map<number, number>()
  readonly #waiting = new Map<number, Snapshot[]>()
  readonly #whole: (second: number, snapshots: readonly Snapshot[]) => void

  /** @param whole called for each second in order, with at least one snapshot. */
  constructor(shards: number, whole: (second: number, snapshots: readonly Snapshot[]) => void) {
    for (let shard = 0; shard < shards; shard += 1) this.#latest.set(shard, -1)
    this.#whole = whole
  }

  add(snapshot: Snapshot): void {
    const { second, shard } = snapshot
    const waiting = this.#waiting.get(second)
    if (waiting === undefined) this.#waiting.set(second, [snapshot])
    else waiting.push(snapshot)
    if (this.#latest.has(shard)) this.#latest.set(shard, second)
    this.#handOn()
  }

  /** A worker will report nothing more. */
  leave(shard: number): void {
    this.#latest.delete(shard)
    this.#handOn()
  }

  #handOn(): void {
    // A worker's last snapshot may fall into the second it has just reported, so a second is whole
    // only when every worker has gone past it.
    const reached = Math.min(...this.#latest.values())
    const ready = [...this.#waiting.keys()].filter((second) => second < reached).toSorted((a, b) => a - b)
    for (const second of ready) {
      const snapshots = this.#waiting.get(second) ?? []
      this.#waiting.delete(second)
      this.#whole(second, snapshots)
    }
  }
}
