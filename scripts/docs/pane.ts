import { element, svg } from './svg.ts'

/** How a stretch of a terminal's line looks. */
interface Look {
  readonly colour: string
  readonly background: string | undefined
  readonly bold: boolean
  readonly dim: boolean
  readonly underlined: boolean
}

interface Stretch extends Look {
  readonly words: string
  readonly column: number
}

const CELL = { width: 8.4, height: 18 }
const EDGE = { x: 18, top: 40, bottom: 16 }
const PLAIN: Look = { colour: '#d1d7e0', background: undefined, bold: false, dim: false, underlined: false }
const ESCAPE = '\u001B'
const CANVAS = '#0d1117'

/** The sixteen colours of a terminal, bright ones last. */
const COLOURS: readonly string[] = (
  '#484f58 #ff7b72 #3fb950 #d29922 #58a6ff #bc8cff #39c5cf #b1bac4 ' +
  '#6e7681 #ffa198 #56d364 #e3b341 #79c0ff #d2a8ff #56d4dd #ffffff'
).split(' ')

/** A picture of a terminal, from the text and escape codes that `tmux capture-pane -e` gives. */
export function paneDrawing(title: string, pane: string): string {
  const lines = pane.trimEnd().split('\n').map(stretchesOf)
  const columns = Math.max(...lines.flat().map(({ column, words }) => column + cellsOf(words)))
  const width = EDGE.x * 2 + columns * CELL.width
  const height = EDGE.top + lines.length * CELL.height + EDGE.bottom
  return svg(Math.ceil(width), Math.ceil(height), title, [
    element('rect', { width, height, rx: 8, fill: CANVAS, stroke: '#30363d' }),
    ...['#ff5f57', '#febc2e', '#28c840'].map((fill, index) =>
      element('circle', { cx: 20 + index * 18, cy: 19, r: 5.5, fill }),
    ),
    ...lines.flatMap((line, row) => line.map((stretch) => drawn(stretch, row))),
  ])
}

function drawn({ words, column, ...look }: Stretch, row: number): string {
  const x = EDGE.x + column * CELL.width
  const y = EDGE.top + row * CELL.height
  const width = cellsOf(words) * CELL.width
  const behind =
    look.background === undefined
      ? ''
      : element('rect', { x, y, width, height: CELL.height, fill: look.background })
  if (words.trim() === '') return behind
  const attributes = {
    x,
    y: y + 13.5,
    fill: look.colour,
    textLength: width,
    lengthAdjust: 'spacingAndGlyphs',
    'xml:space': 'preserve',
    'font-family': 'ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace',
    'font-size': 14,
    ...(look.bold ? { 'font-weight': 'bold' } : {}),
    ...(look.dim ? { opacity: '0.6' } : {}),
    ...(look.underlined ? { 'text-decoration': 'underline' } : {}),
  }
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `${behind}${element('text', attributes, escaped)}`
}

function cellsOf(words: string): number {
  return Array.from(words).length
}

/** A line cut where its look changes, and where blanks separate its columns. */
function stretchesOf(line: string): Stretch[] {
  const stretches: Stretch[] = []
  let look = PLAIN
  let column = 0
  const [first = '', ...rest] = line.split(`${ESCAPE}[`)
  for (const part of [`m${first}`, ...rest]) {
    const end = part.indexOf('m')
    if (end > 0) look = changed(look, part.slice(0, end))
    const parts = part.slice(end + 1).split(/( {2,})/)
    for (const words of parts.filter((each) => each !== '')) {
      stretches.push({ ...look, words, column })
      column += cellsOf(words)
    }
  }
  return stretches
}

function changed(look: Look, codes: string): Look {
  const numbers = codes.split(';').map(Number)
  let now = look
  while (numbers.length > 0) {
    const code = numbers.shift() ?? 0
    if (code === 38 || code === 48) {
      const colour = extended(numbers)
      now = code === 38 ? { ...now, colour } : { ...now, background: colour }
    } else now = { ...now, ...simple(code, now) }
  }
  return now
}

function simple(code: number, look: Look): Partial<Look> {
  if (code === 0) return PLAIN
  if (code === 1) return { bold: true }
  if (code === 2) return { dim: true }
  if (code === 4) return { underlined: true }
  if (code === 7) return { colour: look.background ?? CANVAS, background: look.colour }
  if (code === 22) return { bold: false, dim: false }
  if (code === 24) return { underlined: false }
  if (code === 39) return { colour: PLAIN.colour }
  if (code === 49) return { background: undefined }
  const bright = code >= 90
  const place = (code % 10) + (bright ? 8 : 0)
  const colour = COLOURS[place] ?? PLAIN.colour
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { colour }
  return (code >= 40 && code <= 47) || (code >= 100 && code <= 107) ? { background: colour } : {}
}

/** `5;N` or `2;R;G;B`, taken from the front of `numbers`. */
function extended(numbers: number[]): string {
  if (numbers.shift() === 2) return `rgb(${numbers.splice(0, 3).join(',')})`
  const number = numbers.shift() ?? 0
  if (number < 16) return COLOURS[number] ?? PLAIN.colour
  const grey = 8 + 10 * (number - 232)
  if (number >= 232) return `rgb(${grey},${grey},${grey})`
  const steps = [0, 95, 135, 175, 215, 255]
  const cube = number - 16
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((at) => steps[at]).join(',')})`
}
