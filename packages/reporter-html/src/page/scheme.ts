import type { DrawnChart } from './chart.ts'
import { readTheme } from './theme.ts'

/** Draws the charts again when the reader's system turns light or dark, and in light for paper. */
export function watchScheme(charts: readonly DrawnChart[]): void {
  const root = document.documentElement
  const repaint = () => {
    const theme = readTheme()
    for (const chart of charts) chart.paint(theme)
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint)
  addEventListener('beforeprint', () => {
    root.dataset['scheme'] = 'light'
    repaint()
    for (const chart of charts) chart.readyForPaper()
  })
  addEventListener('afterprint', () => {
    delete root.dataset['scheme']
    repaint()
  })
}
