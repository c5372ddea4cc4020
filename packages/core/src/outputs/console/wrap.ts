/**
 * Breaks text into lines of at most `width` characters, between words; a longer word (JSON, a path) is
 * broken where the line ends. Lines that are indented (of a stack, of a source) stay as they are.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    if (paragraph.startsWith(' ')) return [paragraph]
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(' ').flatMap((one) => piecesOf(one, width))) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    return [...lines, line]
  })
}

/** Of a stack, of a source with its line numbers, of the mark below it. */
const VERBATIM = /^(?: {4,}| *\d* *\|)/

/**
 * As `wrap`, for messages with lists: what an indented line has too much goes on below it, further indented. Lines of
 * stacks and sources stay as they are.
 */
export function wrapHanging(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => {
    if (line.length <= width || VERBATIM.test(line)) return [line]
    const margin = line.length - line.trimStart().length
    const hanging = margin === 0 ? 0 : margin + 2
    return wrap(line.trimStart(), width - hanging).map(
      (part, index) => ' '.repeat(index === 0 ? margin : hanging) + part,
    )
  })
}

/** Lines with the margin that everything has which a run prints. */
export function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`
}

function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = []
  let rest = word
  for (; rest.length > width; rest = rest.slice(width)) pieces.push(rest.slice(0, width))
  return [...pieces, rest]
}
