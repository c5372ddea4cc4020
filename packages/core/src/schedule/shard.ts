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

/**
 * Index in the whole scenario of the stripe's `local`-th iteration; both 0-based. Iterations go to VUs
 * in turn and with them to stripes, so that a stripe with more VUs has more of them.
 */
export function globalIteration(local: number, vus: number, shard: Shard): number {
  const own = share(vus, shard)
  return Math.floor(local / own) * vus + globalVu(local % own, shard)
}

/** How many of `total` iterations that go to `vus` VUs in turn belong to the stripe's VUs. */
export function shareByVus(total: number, vus: number, shard: Shard): number {
  return Math.floor(total / vus) * share(vus, shard) + share(total % vus, shard)
}

/** Index in the whole scenario of the stripe's `local`-th VU; both 0-based. */
export function globalVu(local: number, shard: Shard): number {
  return local * shard.count + shard.index
}
