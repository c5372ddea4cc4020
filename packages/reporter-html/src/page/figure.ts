import type { Theme } from './theme.ts'
import { drawIn, type Drawing, type Sketch } from './drawing.ts'
import { fillKeys, type Key } from './keys.ts'
import { offerSaving, type Subject } from './saving.ts'

/** Everything a figure shows at one time. */
export interface Shown {
  readonly title: string
  /** For people who cannot see it, and for the ears: what is drawn and how high it goes. */
  readonly words: string
  readonly keys: readonly Key[]
  readonly sketch: Sketch
  /** Its numbers, the names of the columns first. */
  readonly rows: () => readonly (readonly (string | number | null)[])[]
  /** What its numbers stand for, where it is looked at without the page. */
  readonly notes: readonly string[]
  /** Of the whole run although a part is chosen. */
  readonly ofWhole: boolean
}

/** A drawing with its title, its keys and its export. */
export interface Figure {
  readonly drawing: Drawing
  /** `undefined`: there is nothing of the chosen part, and the figure is not there. */
  show(shown: Shown | undefined): void
}

/** Takes over a figure of the page. */
export function figureIn(
  figure: HTMLElement,
  theme: () => Theme,
  subject: () => Subject,
): Figure | undefined {
  const box = figure.querySelector<HTMLElement>('.chart')
  const title = figure.querySelector('.figure-title')
  const menu = figure.querySelector<HTMLDetailsElement>('.export')
  if (box === null || menu === null) return undefined
  const drawing = drawIn(box, theme())
  let current: Shown | undefined
  offerSaving(menu, {
    name: figure.dataset['chart'] ?? '',
    subject,
    theme,
    shown: () => current,
  })
  return {
    drawing,
    show(shown) {
      current = shown
      figure.hidden = shown === undefined
      menu.hidden = false
      fillKeys(figure, shown?.keys ?? [], (series, visible) => drawing.show(series, visible))
      if (shown === undefined) return
      figure.classList.toggle('of-whole', shown.ofWhole)
      if (title !== null) title.textContent = shown.title
      box.setAttribute('aria-label', shown.words)
      drawing.draw(shown.sketch)
    },
  }
}
