import { stripVTControlCharacters } from 'node:util'
import sliceAnsi from 'slice-ansi'
import stringWidth from 'string-width'
import { SIGN_CHARACTERS } from './signs.ts'

/** What takes a column for each character: nearly all there is, and tested far faster than measured. */
const ONE_EACH = new RegExp(`^[ -~${SIGN_CHARACTERS}]*$`)

/** Columns a text takes in a terminal, colours left out. */
export function width(text: string): number {
  const bare = text.includes('\u001B') ? stripVTControlCharacters(text) : text
  return ONE_EACH.test(bare) ? bare.length : stringWidth(bare)
}

/** Cuts a line, which may be coloured, to `columns`, and says so by its last character. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text
  return columns < 1 ? '' : `${upTo(text, columns - 1)}…`
}

/** A sign of two columns across the edge is left out. */
function upTo(text: string, columns: number): string {
  const start = sliceAnsi(text, 0, columns)
  return width(start) <= columns ? start : sliceAnsi(text, 0, columns - 1)
}

/** Fills up with blanks behind the text. */
export function left(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)))
}

/** Fills up with blanks before the text. */
export function right(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text
}

/** Columns the widest of some texts takes. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => width(text)))
}
