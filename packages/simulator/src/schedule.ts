import type { Millis } from './clock.ts'
import { draw, drawCount, type Distribution } from './distribution.ts'
import type { Random } from './random.ts'

/** How fast an answer comes. */
export interface Pace {
  /** When the first token is due, from the start of the answer. */
  readonly first: Millis
  /** Between two tokens. */
  readonly itl: Distribution
  readonly tokensPerChunk: Distribution
}

/** Tokens `from` up to, not including, `to`, which leave together. */
export interface Chunk {
  /** From the start of the answer. */
  readonly due: Millis
  readonly from: number
  readonly to: number
}

/**
 * Cuts `tokens` into chunks. Token k is due at `first` plus the sum of k inter-token times, and a chunk
 * is due with its first token: so the first chunk comes at `first` exactly, whatever its size, and
 * nothing that happens while sending can make a later one drift.
 */
export function* chunks(pace: Pace, tokens: number, random: Random): Generator<Chunk, void> {
  let due = pace.first
  let from = 0
  while (from < tokens) {
    const to = Math.min(tokens, from + drawCount(pace.tokensPerChunk, random, 1))
    yield { due, from, to }
    for (; from < to; from++) due += draw(pace.itl, random)
  }
}
