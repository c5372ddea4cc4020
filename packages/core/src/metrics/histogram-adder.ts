import { HistogramSum } from './histogram-sum.ts'

/**
 * An encoded histogram: its bytes, or a text with a character for each of them (latin1). Of a hundred bytes an array
 * takes three times the memory that a text does.
 */
export type Encoded = Uint8Array | string

/**
 * One histogram in which encoded ones are added up, by turns: in memory a histogram takes 190 kB, encoded a
 * few bytes for each different value. What was added last stays, and is free to whoever asks for the same
 * again: a run of one scenario has the same values in two lines of its timeline.
 */
export class HistogramAdder {
  readonly #sum = new HistogramSum()
  #parts: readonly Encoded[] = []
  #encoded: Uint8Array | undefined
  #packed: string | undefined

  /** The sum of `parts`; it stays as it is until other parts are asked for. */
  add(parts: readonly Encoded[]): HistogramSum {
    if (same(parts, this.#parts)) return this.#sum
    this.#parts = []
    this.#encoded = undefined
    this.#packed = undefined
    this.#sum.clear()
    for (const part of parts) this.#sum.add(bytesOf(part))
    this.#parts = [...parts]
    return this.#sum
  }

  /** The sum of `parts` as bytes, the same for the same parts, not to be changed: for one that is soon replaced. */
  encode(parts: readonly Encoded[]): Uint8Array {
    const sum = this.add(parts)
    return (this.#encoded ??= sum.encode())
  }

  /** The sum of `parts` as a text: for one that is to be kept. */
  pack(parts: readonly Encoded[]): string {
    const encoded = this.encode(parts)
    return (this.#packed ??= textOf(encoded))
  }
}

function bytesOf(encoded: Encoded): Uint8Array {
  return typeof encoded === 'string' ? Buffer.from(encoded, 'latin1') : encoded
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

/** Whether these are the very same bytes, or equal texts. */
function same(some: readonly Encoded[], others: readonly Encoded[]): boolean {
  return some.length === others.length && some.every((part, index) => part === others[index])
}
