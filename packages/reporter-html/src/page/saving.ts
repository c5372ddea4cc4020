import type { Shown } from './figure.ts'
import type { Theme } from './theme.ts'
import { csvOf } from './csv.ts'
import { pngOf, svgOf } from './picture.ts'

/** What a saved drawing is of: the run, and the part of it. */
export interface Subject {
  /** For the name of the file. */
  readonly file: string
  /** For people, under a picture. */
  readonly caption: string
}

interface Source {
  /** Of the drawing, for the name of the file. */
  readonly name: string
  readonly subject: () => Subject
  readonly theme: () => Theme
  readonly shown: () => Shown | undefined
}

/** Lets a reader save what a figure shows: as a picture, or its numbers. */
export function offerSaving(menu: HTMLDetailsElement, { name, subject, theme, shown }: Source): void {
  menu.addEventListener('click', (event) => {
    const kind = event.target instanceof HTMLElement ? event.target.dataset['save'] : undefined
    const current = shown()
    if (kind === undefined || current === undefined) return
    menu.open = false
    menu.querySelector('summary')?.focus()
    const { file, caption } = subject()
    const save = (content: Blob) => download(content, fileName(`${file}-${name}.${kind}`))
    if (kind === 'csv') {
      save(new Blob([csvOf(current.rows())], { type: 'text/csv' }))
      return
    }
    const svg = svgOf(current, caption, theme())
    if (kind === 'svg') save(new Blob([svg], { type: 'image/svg+xml' }))
    else void pngOf(svg).then(save)
  })
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false
  })
}

function fileName(text: string): string {
  return text.replaceAll(/[^\w.-]+/g, '_')
}

function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken the content by then; on a slow disk a minute is enough too.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
