/** Said at the top of every page that is written by a program. */
export const GENERATED =
  '<!-- Made from the code by `pnpm reference`; a test says when it is out of date. -->'

/** A table; `|` and line breaks within cells are taken care of. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text as code; nothing where there is none. */
export function code(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text}\``
}

/** A fenced block. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}
