import { oneLine } from './console/one-line.ts'

/** Longer texts are cut. */
const LONGEST = 300

/** Text from anywhere as a code span: nothing in it is markup or mentions somebody. Empty text is empty. */
export function code(text: string): string {
  const clean = oneLine(text, LONGEST).trim()
  if (clean === '') return ''
  const fence = '`'.repeat(longestRun(clean) + 1)
  const pad = /^`|`$/.test(clean) ? ' ' : ''
  return `${fence}${pad}${clean}${pad}${fence}`
}

/** The same within a table, where a bar would end the cell. */
export function codeCell(text: string): string {
  // An odd number of backslashes before a bar keeps it within its cell, however they are counted.
  return code(text).replaceAll(
    /(\\*)\|/g,
    (_, before: string) => `${before}${before.length % 2 === 0 ? '\\' : '\\\\'}|`,
  )
}

/** A sentence as it is: what would be markup, or mention somebody, is not. */
export function prose(text: string): string {
  return oneLine(text, LONGEST * 4)
    .replaceAll(/[\\`*_[\]<>|~]/g, String.raw`\$&`)
    .replaceAll(/@(?=\w)/g, '@\u200B')
}

/** Text of several lines, as it is. */
export function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${text
    .split('\n')
    .map((line) => oneLine(line, LONGEST))
    .join('\n')}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
}

/** A table; the first `left` columns are left-aligned. Of more than `most` rows the rest is counted. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { left = 1, most = 50 } = {},
): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const more = rows.length - most
  return [
    line(header),
    line(header.map((_, index) => (index < left ? '---' : '---:'))),
    ...rows.slice(0, most).map(line),
    ...(more > 0 ? ['', `… and ${more} more`] : []),
  ]
}
