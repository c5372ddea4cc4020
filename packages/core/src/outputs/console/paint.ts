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

/** SGR codes (ECMA-48, 8.3.117). Node's styleText decides for itself whether to colour, by another stream. */
const sgr = (on: number, off: number) => (text: string) => `\u001B[${on}m${text}\u001B[${off}m`

const coloured: Paint = {
  good: sgr(32, 39),
  bad: sgr(31, 39),
  warn: sgr(33, 39),
  dim: sgr(2, 22),
  bold: sgr(1, 22),
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
