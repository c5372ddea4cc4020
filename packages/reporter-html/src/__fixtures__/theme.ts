import type { Theme } from '../page/theme.ts'

/** Colours that tell their names. */
export const theme: Theme = {
  text: 'text',
  muted: 'muted',
  line: 'line',
  edge: 'edge',
  surface: 'surface',
  ground: 'ground',
  warn: 'warn',
  fail: 'fail',
  font: '',
  noteSize: 12,
  series: (colour) => `colour ${colour}`,
}
