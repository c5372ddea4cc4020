/** What stands in a queue of due things. */
export interface Due {
  due: number
}

/** A binary heap: the entry with the smallest `due` comes first. */
export class Heap<Entry extends Due> {
  readonly #entries: Entry[] = []

  get first(): Entry | undefined {
    return this.#entries[0]
  }

  push(entry: Entry): void {
    const entries = this.#entries
    let at = entries.length
    entries.push(entry)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = entries[above] as Entry
      if (parent.due <= entry.due) break
      entries[at] = parent
      at = above
    }
    entries[at] = entry
  }

  pop(): Entry | undefined {
    const entries = this.#entries
    const top = entries[0]
    const last = entries.pop()
    if (last !== undefined && last !== top) this.#sink(last)
    return top
  }

  clear(): void {
    this.#entries.length = 0
  }

  /** Places `entry` from the top down. */
  #sink(entry: Entry): void {
    const entries = this.#entries
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= entries.length) break
      if (below + 1 < entries.length && (entries[below + 1] as Entry).due < (entries[below] as Entry).due)
        below++
      const child = entries[below] as Entry
      if (child.due >= entry.due) break
      entries[at] = child
      at = below
    }
    entries[at] = entry
  }
}
