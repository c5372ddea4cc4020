import type { Shown } from './figure.ts'
import type { Theme } from './theme.ts'
import { init } from './echarts.ts'

/** Width of a saved picture, and of what is drawn its height, px; PNGs have twice as many for sharp print. */
const WIDTH = 1_000
const DRAWN = 304
/** Of a line under the title: its height, px, and the letters that have room in it. */
const LINE = 18
const LETTERS = 140
const SHARPNESS = 2
/** Left and right of what is drawn, px. */
const LEFT = 76
const RIGHT = 28

/** What a figure shows as a picture of its own, with its title, its keys and where it comes from. */
export function svgOf({ title, keys, sketch, notes }: Shown, caption: string, colours: Theme): string {
  // ECharts writes fonts into attributes as they are.
  const theme = { ...colours, font: colours.font.replaceAll('"', "'") }
  const lines = [caption, ...wrapped(notes)]
  const top = 72 + LINE * lines.length
  const bottom = keys.length > 0 ? 76 : 44
  const height = top + DRAWN + bottom
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width: WIDTH, height })
  const text = { color: theme.muted, fontFamily: theme.font, fontSize: theme.noteSize }
  chart.setOption({
    ...sketch(theme, { width: WIDTH, plot: WIDTH - LEFT - RIGHT, touch: true }),
    backgroundColor: theme.surface,
    title: {
      text: title,
      subtext: lines.join('\n'),
      left: 16,
      top: 12,
      itemGap: 4,
      textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 16, fontWeight: 600 },
      subtextStyle: { ...text, lineHeight: LINE, width: WIDTH - 32, overflow: 'truncate' },
    },
    legend: {
      show: true,
      selectedMode: false,
      left: 12,
      bottom: 12,
      itemHeight: 8,
      textStyle: text,
      data: keys.map(({ name }) => ({ name })),
    },
    grid: { left: LEFT, right: RIGHT, top, bottom, outerBoundsMode: 'none' },
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

/** Notes in lines that have room for them. */
function wrapped(notes: readonly string[]): readonly string[] {
  const lines: string[] = []
  for (const note of notes) {
    const longer = `${lines.at(-1)} · ${note}`
    if (lines.length > 0 && longer.length <= LETTERS) lines[lines.length - 1] = longer
    else lines.push(note)
  }
  return lines
}

/** A picture of an SVG. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  // No blob: the content security policy lets pictures come from data addresses only.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SHARPNESS
  canvas.height = image.naturalHeight * SHARPNESS
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture could not be made'))
      else resolve(blob)
    }, 'image/png')
  })
}
