import type { Paint } from '../paint.ts'

/** Columns of a terminal the summary is made for, less the indent and one to spare. */
export const WIDTH = 77

/** A part of the summary under a title. Without lines it is left out. */
export function section(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return []
  return [`  ${paint.bold(title)}`, ...lines.map((line) => `  ${line}`), '']
}

/** The same of a table whose first line has the title in its first cell, beside the names of its columns. */
export function titledTable(title: string, lines: readonly string[], paint: Paint): string[] {
  const [heading = '', ...rows] = lines
  if (rows.length === 0) return []
  const names = heading.slice(title.length)
  return [`  ${paint.bold(title)}${paint.dim(names)}`, ...rows.map((line) => `  ${line}`), '']
}
