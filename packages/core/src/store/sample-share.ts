/** Characters of a line that count as one sample; a longer one, with its gaps, counts as several. */
const LINE = 1_024

/** Steps in which the second half of the limit is used up; each takes a smaller share of twice as many. */
const STEPS = 32

/**
 * Which exchanges of a shard go into its sample file, so that the file has a bound however long the run is.
 * The first half of the limit takes every one. Each further 64th of it takes half the share of the one before,
 * beginning with 1 in 32: so each covers as many exchanges as came before it, until after 32 of them there is
 * no more. Which ones are taken follows from their ids alone, the same ones at every smaller share.
 */
export class SampleShare {
  readonly #limit: number
  #used = 0

  /** @param limit of samples; `Infinity` takes all. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Of the exchanges that come now: from 1, all, to 0, none any more. */
  get share(): number {
    const half = this.#limit / 2
    if (this.#used < half) return 1
    const step = Math.floor(((this.#used - half) / half) * STEPS)
    return step < STEPS ? 2 ** -(5 + step) : 0
  }

  takes(id: string): boolean {
    const { share } = this
    return share === 1 || spread(id) < share
  }

  /** @param length of the line that is to be written. @returns whether there is still room for it. */
  spend(length: number): boolean {
    const cost = Math.max(1, Math.ceil(length / LINE))
    if (this.#used + cost > this.#limit) return false
    this.#used += cost
    return true
  }
}

/** The part of a limit that one of `count` shards has; all parts together are the limit. */
export function limitOf(samples: number | 'all', index: number, count: number): number {
  if (samples === 'all') return Number.POSITIVE_INFINITY
  return Math.floor(samples / count) + (index < samples % count ? 1 : 0)
}

/** A number from 0 up to 1, evenly spread over ids. FNV-1a, finished like MurmurHash 3, for ids differ in their end. */
function spread(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
