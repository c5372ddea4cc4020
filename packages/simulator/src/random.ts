/** The next number of a repeatable sequence, in [0, 1). */
export type Random = () => number

/** A sequence fixed by `seed` and the request's number `n` (mulberry32 over a mixed start value). */
export function seeded(seed: number, n: number): Random {
  let state = mix(mix(seed) + Math.imul(n, 0x9e3779b9))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number in [0, below). */
export function pick(below: number, random: Random): number {
  return Math.floor(random() * below)
}

/** A draw from the standard normal distribution (Box–Muller). */
export function gaussian(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}

/** Spreads neighbouring numbers over 32 bits (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
