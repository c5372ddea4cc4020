import { styleText } from 'node:util'

/** Colours, or none: every mark also differs in its sign, so that nothing is told by colour alone. */
export interface Paint {
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
  dim(text: string): string
  bold(text: string): string
}

const plain: Paint = { good: same, bad: same, warn: same, dim: same, bold: same }

function same(text: string): string {
  return text
}

const coloured: Paint = {
  good: (text) => styleText('green', text),
  bad: (text) => styleText('red', text),
  warn: (text) => styleText('yellow', text),
  dim: (text) => styleText('dim', text),
  bold: (text) => styleText('bold', text),
}

/** @param wanted colours are to be used: a terminal, and neither `NO_COLOR` nor `--no-color`. */
export function paint(wanted: boolean): Paint {
  return wanted ? coloured : plain
}

/** Whether `stream` shows colours (https://no-color.org, `FORCE_COLOR`). */
export function showsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
