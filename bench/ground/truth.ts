/** What a server wrote down of one answer; stamps on the machine's monotonic clock, ms. */
export interface Truth {
  readonly id: string
  readonly tokens: readonly number[]
  /** As far as those stamps may be off: the longest from one until its bytes were with the socket, ms. */
  readonly longestWrite?: number
}

/** What a client measured of it, on the same clock. */
export interface Measured {
  readonly id: string
  readonly startedAt: number
  readonly tokens: readonly number[]
}

/** How far measured is from sent, ms: the absolute difference of each value. */
export interface Errors {
  readonly ttft: number[]
  readonly itl: number[]
  readonly tpot: number[]
  /** Medians of what was sent. */
  readonly true: { readonly ttft: number; readonly itl: number }
}

export function errorsOf(measured: Iterable<Measured>, truths: ReadonlyMap<string, Truth>): Errors {
  const errors = { ttft: [] as number[], itl: [] as number[], tpot: [] as number[] }
  const sent = { ttft: [] as number[], itl: [] as number[] }
  for (const { id, startedAt, tokens } of measured) {
    const truth = truths.get(id)
    if (truth === undefined) continue
    const { length } = tokens
    if (length !== truth.tokens.length || length < 2)
      throw new Error(`${id}: ${length} tokens came of ${truth.tokens.length}`)
    // The clock of a ttft starts with the client; a server too busy to accept makes it longer, not wrong.
    sent.ttft.push(at(truth.tokens, 0) - startedAt)
    errors.ttft.push(Math.abs(at(tokens, 0) - at(truth.tokens, 0)))
    for (let index = 1; index < length; index += 1) {
      const gap = gapBefore(truth.tokens, index)
      sent.itl.push(gap)
      errors.itl.push(Math.abs(gapBefore(tokens, index) - gap))
    }
    errors.tpot.push(Math.abs(spanOf(tokens) - spanOf(truth.tokens)) / (length - 1))
  }
  return { ...errors, true: { ttft: quantile(sent.ttft, 0.5), itl: quantile(sent.itl, 0.5) } }
}

/** Share of the values (0 to 1) that are off by more than `bound`, ms. */
export function shareOver(bound: number, errors: readonly number[]): number {
  return errors.filter((error) => error > bound).length / errors.length
}

function at(stamps: readonly number[], index: number): number {
  return stamps.at(index) ?? Number.NaN
}

function gapBefore(stamps: readonly number[], index: number): number {
  return at(stamps, index) - at(stamps, index - 1)
}

function spanOf(stamps: readonly number[]): number {
  return at(stamps, -1) - at(stamps, 0)
}

/** @returns NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
