/** Lets so many lines a second through and counts the others: a script that prints per token would drown its run. */
export class LineCap {
  readonly #most: number
  readonly #clock: () => number
  #second = -1
  #count = 0
  #leftOut = 0

  /** @param clock ms. */
  constructor(most: number, clock: () => number = () => performance.now()) {
    this.#most = most
    this.#clock = clock
  }

  /** @returns `text` as far as it may be printed, `''` if not at all; before it what was left out until now. */
  pass(text: string): string {
    const told = this.due()
    const lines = text.split('\n')
    const room = Math.max(0, this.#most - this.#count)
    this.#count += lines.length
    this.#leftOut += Math.max(0, lines.length - room)
    return [...(told === '' ? [] : [told]), ...lines.slice(0, room)].join('\n')
  }

  /** How many lines the seconds before this one left out, in words, once; `''` where none. */
  due(): string {
    const second = Math.floor(this.#clock() / 1_000)
    if (second === this.#second) return ''
    this.#second = second
    this.#count = 0
    return this.rest()
  }

  /** As `due`, of this second too. */
  rest(): string {
    const count = this.#leftOut
    this.#leftOut = 0
    return count === 0 ? '' : `… ${count} line${count === 1 ? '' : 's'} left out`
  }
}
