/** The colours and the font of the page as they are now, for what ECharts draws. */
export interface Theme {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly edge: string
  readonly surface: string
  readonly ground: string
  readonly warn: string
  readonly fail: string
  readonly font: string
  readonly noteSize: number
  /** From index 1, like the classes `series-1` and so on; 0 is quiet. */
  series(colour: number): string
}

/** Reads the tokens from the root element, so that a chart never has a colour of its own. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    text: token('text'),
    muted: token('muted'),
    line: token('line'),
    edge: token('edge'),
    surface: token('surface'),
    ground: token('ground'),
    warn: token('warn'),
    fail: token('fail'),
    font: token('sans'),
    noteSize: Number.parseFloat(token('type-note')),
    series: (colour) => (colour === 0 ? token('muted') : token(`series-${colour}`)),
  }
}
