/** A label that stands above its line, in the middle of it. */
export interface Placed {
  /** px from the left. */
  readonly centre: number
  readonly text: string
}

/** What a letter of a label is wide at most, what is free between two labels, px. */
const LETTER = 6.5
const FREE = 6

/** Rows above a drawing in which no label touches another: for each label its own, from 0, the lowest. */
export function rowsOf(labels: readonly Placed[]): readonly number[] {
  const ends: number[] = []
  const rows = new Map<Placed, number>()
  for (const label of labels.toSorted((a, b) => a.centre - b.centre)) {
    const half = (label.text.length * LETTER) / 2
    const free = ends.findIndex((end) => end + FREE <= label.centre - half)
    const row = free === -1 ? ends.length : free
    ends[row] = label.centre + half
    rows.set(label, row)
  }
  return labels.map((label) => rows.get(label) ?? 0)
}
