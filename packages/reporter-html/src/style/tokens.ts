/** The distances, type sizes and colours the report is drawn from. Styles name them and no other colour. */

/** Distances, px, by step. */
const SPACE = [0, 4, 8, 12, 16, 24, 32, 48] as const

/** Type sizes, px. */
const TYPE = { note: 12, small: 13, text: 15, heading: 19, verdict: 22, figure: 30, title: 30 } as const

interface Scheme {
  readonly ground: string
  readonly surface: string
  readonly sunken: string
  readonly line: string
  /** Borders of what can be pressed. */
  readonly edge: string
  readonly 'chosen-ground': string
  readonly text: string
  readonly muted: string
  readonly pass: string
  readonly warn: string
  readonly 'warn-ground': string
  readonly fail: string
  /** Colours of series, in the order they are used. */
  readonly series: readonly string[]
}

/**
 * The two schemes. The series were searched for so that they stay apart for people who see red, green
 * or blue weakly, and stand out from the surface; `tokens.test.ts` measures both.
 */
export const SCHEMES = {
  light: {
    ground: '#f4f6f9',
    surface: '#ffffff',
    sunken: '#f0f2f5',
    line: '#e1e5ea',
    edge: '#8a94a3',
    'chosen-ground': '#eef3ff',
    text: '#1a2029',
    muted: '#5a6472',
    pass: '#1a7340',
    warn: '#8a5a00',
    'warn-ground': '#fff6df',
    fail: '#b3261e',
    series: ['#456ee8', '#ee6d1a', '#8f4468', '#0e4a16', '#581b6f', '#68650f', '#2e99d6', '#a76662'],
  },
  dark: {
    ground: '#0f1217',
    surface: '#171b21',
    sunken: '#1f242c',
    line: '#2c333d',
    edge: '#6b7686',
    'chosen-ground': '#1b2740',
    text: '#e7eaef',
    muted: '#9aa5b4',
    pass: '#5cc98a',
    warn: '#e9b44c',
    'warn-ground': '#2b2414',
    fail: '#ff8a80',
    series: ['#3aa3f7', '#f6ba6e', '#e14f71', '#9cf7e7', '#745ac8', '#cc941c', '#20cee1', '#c03d40'],
  },
} as const satisfies Readonly<Record<'light' | 'dark', Scheme>>

/** How many colours of series there are. */
export const SERIES_COLOURS: number = SCHEMES.light.series.length

const FONTS = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  mono: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
}

function colours({ series, ...named }: Scheme): string {
  const lines = Object.entries(named).map(([name, value]) => `--${name}:${value};`)
  return [...lines, ...series.map((value, index) => `--series-${index + 1}:${value};`)].join('')
}

/**
 * The tokens as custom properties. Dark follows the reader's system on screens only: paper is light.
 * `data-scheme="light"` on the root forces light, which is how charts are drawn for printing.
 */
export const TOKENS_CSS = `
:root{color-scheme:light dark;
${SPACE.map((px, step) => `--space-${step}:${px}px;`).join('')}
${Object.entries(TYPE)
  .map(([name, px]) => `--type-${name}:${px}px;`)
  .join('')}
--radius:6px;--width:1248px;--gutter:var(--space-6);--sans:${FONTS.sans};--mono:${FONTS.mono};
${colours(SCHEMES.light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-scheme=light]){${colours(SCHEMES.dark)}}}
.series-0{--series:var(--muted)}
${SCHEMES.light.series.map((_, index) => `.series-${index + 1}{--series:var(--series-${index + 1})}`).join('')}
`
