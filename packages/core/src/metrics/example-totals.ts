import type { Snapshot } from '../model/snapshot.ts'
import type { SlowRequest } from '../model/summary.ts'
import { keepSlowest } from './slowest.ts'

interface CheckEntry {
  readonly example: string
  readonly second: number
  readonly shard: number
}

/** The slowest requests of a run, and what came instead where its checks failed first. */
export class ExampleTotals {
  #slowest: readonly SlowRequest[] = []
  readonly #checks = new Map<string, CheckEntry>()

  /** Each snapshot is to be merged once; their order does not matter. */
  merge({ second, shard, slowest = [], failedChecks = [] }: Snapshot): void {
    if (slowest.length > 0) this.#slowest = keepSlowest([...this.#slowest, ...slowest])
    for (const { name, example } of failedChecks) {
      const known = this.#checks.get(name)
      if (known !== undefined && (known.second - second || known.shard - shard) <= 0) continue
      this.#checks.set(name, { example, second, shard })
    }
  }

  get slowest(): readonly SlowRequest[] {
    return this.#slowest
  }

  ofCheck(name: string): string | undefined {
    return this.#checks.get(name)?.example
  }
}
