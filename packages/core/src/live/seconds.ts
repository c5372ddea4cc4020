import { now, type Millis } from '../model/clock.ts'
import type { Snapshot } from '../model/snapshot.ts'

/** Seconds a worker may be behind the latest told by anyone; then the others are no longer kept waiting for it. */
const MOST_BEHIND = 15

/**
 * It has this long to catch up, once it is seen to be behind: after a pause of the main thread, or of the whole process, one
 * worker's snapshots are read before the others'.
 */
const PATIENCE: Millis = 3_000

/** Who hears of them. */
interface SecondsListener {
  /** Called for each second in order, with at least one snapshot; again for what a silent worker tells of it later. */
  whole(second: number, snapshots: readonly Snapshot[]): void
  /** A worker is no longer waited for, until it speaks again. Told once of each. @param told its latest second, -1 if none. */
  silent(shard: number, told: number): void
}

/**
 * Puts the snapshots of all workers in step: hands on those of one second together, once every
 * living worker has reported it or a later one. A worker that hangs keeps nobody waiting for long, so that thresholds
 * are judged, and memory does not grow, for as long as the others work.
 */
export class Seconds {
  readonly #latest = new Map<number, number>()
  /** Since when workers are behind, on the shared clock. */
  readonly #behind = new Map<number, Millis>()
  readonly #silent = new Set<number>()
  readonly #waiting = new Map<number, Snapshot[]>()
  readonly #listener: SecondsListener
  readonly #patience: Millis
  /** The latest told by anyone. */
  #newest = -1

  /** @param patience 0 where seconds are read from a file, in which all were told in time. */
  constructor(shards: number, listener: SecondsListener, patience = PATIENCE) {
    this.#patience = patience
    for (let shard = 0; shard < shards; shard += 1) this.#latest.set(shard, -1)
    this.#listener = listener
  }

  add(snapshot: Snapshot): void {
    const { second, shard } = snapshot
    const waiting = this.#waiting.get(second)
    if (waiting === undefined) this.#waiting.set(second, [snapshot])
    else waiting.push(snapshot)
    if (this.#latest.has(shard)) this.#latest.set(shard, second)
    this.#newest = Math.max(this.#newest, second)
    this.#handOn()
  }

  /** A worker will report nothing more. */
  leave(shard: number): void {
    this.#latest.delete(shard)
    this.#handOn()
  }

  #handOn(): void {
    const reached = this.#reached()
    const ready = [...this.#waiting.keys()].filter((second) => second < reached).toSorted((a, b) => a - b)
    for (const second of ready) {
      const snapshots = this.#waiting.get(second) ?? []
      this.#waiting.delete(second)
      this.#listener.whole(second, snapshots)
    }
  }

  /**
   * The second that all have gone past those before. A worker's last snapshot may fall into the second it has just
   * reported, so that one is not whole yet.
   */
  #reached(): number {
    let reached = this.#latest.size === 0 ? Infinity : this.#newest
    for (const [shard, told] of this.#latest) if (!this.#hangs(shard, told)) reached = Math.min(reached, told)
    return reached
  }

  #hangs(shard: number, told: number): boolean {
    if (this.#newest - told <= MOST_BEHIND) {
      this.#behind.delete(shard)
      return false
    }
    const since = this.#behind.get(shard) ?? now()
    this.#behind.set(shard, since)
    if (now() - since < this.#patience) return false
    if (!this.#silent.has(shard)) this.#listener.silent(shard, told)
    this.#silent.add(shard)
    return true
  }
}
