/** Colours that can be read on white and on black. */
export const INK = {
  text: '#6e7781',
  line: '#8c959f',
  grid: '#8c959f55',
  target: '#2f81f7',
  area: '#2f81f733',
  busy: '#2da44e',
  late: '#bf8700',
  lost: '#cf222e',
} as const

type Attributes = Readonly<Record<string, string | number>>

/** One element. Numbers are cut to what a screen can show. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    const shown = typeof value === 'number' ? String(Number(value.toFixed(1))) : escaped(value)
    return ` ${key}="${shown}"`
  })
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`
}

export function text(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, fill: INK.text, ...attributes }, escaped(words))
}

export function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** A whole drawing. @param title read to those who cannot see it. */
export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'font-family': 'ui-sans-serif, system-ui, sans-serif',
    'font-size': 12,
  }
  return element('svg', attributes, ['', element('title', {}, escaped(title)), ...parts, ''].join('\n'))
}
