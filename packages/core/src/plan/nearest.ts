/**
 * Which of the known names was probably meant: the one that differs in the fewest letters, and in few enough.
 * @returns `undefined` where none is near.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const written = name.toLowerCase()
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of known) {
    const wanted = candidate.toLowerCase()
    const distance = editDistance(written, wanted)
    if (distance < bestDistance && distance <= mostFor(written, wanted)) {
      ;[best, bestDistance] = [candidate, distance]
    }
  }
  return best
}

/**
 * How many letters a misspelt name may be off: a third of its own, but one always; where the first letter is
 * right, which slips rarely touch, one letter more counts. Short names would otherwise be near to anything.
 */
function mostFor(written: string, wanted: string): number {
  const letters = written.length + (written[0] === wanted[0] ? 1 : 0)
  return Math.max(1, Math.floor(letters / 3))
}

/** `; did you mean "rate"?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return meant === undefined ? '' : `; did you mean "${meant}"?`
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment), row by row. */
function editDistance(a: string, b: string): number {
  let above: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 0; line < a.length; line++) {
    const next = [line + 1]
    for (let column = 0; column < b.length; column++) {
      const replaced = (row[column] ?? 0) + (a[line] === b[column] ? 0 : 1)
      const isSwap = line > 0 && column > 0 && a[line] === b[column - 1] && a[line - 1] === b[column]
      const swapped = isSwap ? (above[column - 1] ?? 0) + 1 : replaced
      next.push(Math.min(replaced, swapped, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    ;[above, row] = [row, next]
  }
  return row.at(-1) ?? 0
}
