import { tableText } from './table.ts'

/** What stands before the point, and the rest: `12`, `.5`. Text without a number stands before it as a whole. */
function halves(cell: string): readonly [before: string, behind: string] {
  const at = /\d\.\d/.exec(cell)?.index
  return at === undefined ? [cell, ''] : [cell.slice(0, at + 1), cell.slice(at + 1)]
}

/**
 * As `tableText`, the numbers of a column standing with their points one below the other, as long as
 * that fits `width`; else they end one below the other.
 * @param rows the first is a heading, and ends where its column does.
 */
export function pointTable(rows: readonly (readonly string[])[], left: number, width: number): string[] {
  const [heading = [], ...body] = rows
  const columns = heading.map((_, column) =>
    column < left ? body.map((row) => row[column] ?? '') : onPoint(body.map((row) => row[column] ?? '')),
  )
  const pointed = [heading, ...body.map((_, row) => columns.map((column) => column[row] ?? ''))]
  const ways = [
    () => tableText(pointed, left),
    () => tableText(pointed, left, 1),
    () => tableText(rows, left),
    () => tableText(rows, left, 1),
  ]
  let lines: string[] = []
  for (const way of ways) {
    lines = way()
    if (lines.every((line) => line.length <= width)) break
  }
  return lines
}

function onPoint(cells: readonly string[]): string[] {
  const split = cells.map(halves)
  const behind = Math.max(0, ...split.map(([, rest]) => rest.length))
  return split.map(([before, rest]) => before + rest.padEnd(behind))
}
