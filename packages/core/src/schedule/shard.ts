import type { Shard } from '../model/plan.ts'

/*
 * Striping: of the elements 0, 1, 2, … of a whole, shard `index` of `count` owns those k with
 * k % count === index. Stripes are disjoint, their sizes add up to the whole, and when the whole
 * grows by one, exactly one stripe does, so that no stripe ever wobbles.
 */

/** How many of `total` elements belong to the stripe. */
export function share(total: number, shard: Shard): number {
  return Math.max(0, Math.ceil((total - shard.index) / shard.count))
}

/** Index in the whole scenario of the stripe's `local`-th iteration; both 0-based. */
export function globalIteration(local: number, shard: Shard): number {
  return local * shard.count + shard.index
}

/** Index in the whole scenario of the stripe's `local`-th VU; both 0-based. */
export function globalVu(local: number, shard: Shard): number {
  return local * shard.count + shard.index
}
