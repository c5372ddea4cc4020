import type { Drawing } from './drawing.ts'

/** Draws again when the reader's system turns light or dark, and in light for paper. */
export function watchScheme(repaint: () => void, drawings: readonly Drawing[]): void {
  const root = document.documentElement
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint)
  addEventListener('beforeprint', () => {
    root.dataset['scheme'] = 'light'
    repaint()
    for (const drawing of drawings) drawing.readyForPaper()
  })
  addEventListener('afterprint', () => {
    delete root.dataset['scheme']
    repaint()
  })
}
