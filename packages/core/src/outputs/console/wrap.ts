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

function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = []
  let rest = word
  for (; rest.length > width; rest = rest.slice(width)) pieces.push(rest.slice(0, width))
  return [...pieces, rest]
}
