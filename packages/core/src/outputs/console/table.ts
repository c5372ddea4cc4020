/** Rows of equal length; the first `left` columns are left-aligned, the others right-aligned, `gap` spaces apart. */
export function tableText(rows: readonly (readonly string[])[], left = 1, gap = 2): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length)
  }
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index < left ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}
