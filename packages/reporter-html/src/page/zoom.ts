import type { Drawing } from './drawing.ts'
import { clockOf } from '../run-clock.ts'

/** The time shown, in percent of the run. */
export interface Window {
  readonly start: number
  readonly end: number
}

export const WHOLE_TIME: Window = { start: 0, end: 100 }
/** Nothing to see below this. */
const NARROWEST = 1

/** The moves a reader has without a mouse. */
export const MOVES: Readonly<Record<string, (window: Window) => Window>> = {
  earlier: (window) => moved(window, -0.5),
  later: (window) => moved(window, 0.5),
  in: (window) => scaled(window, 0.5),
  out: (window) => scaled(window, 2),
  all: () => WHOLE_TIME,
}

function moved({ start, end }: Window, by: number): Window {
  const width = end - start
  const first = Math.min(100 - width, Math.max(0, start + width * by))
  return { start: first, end: first + width }
}

function scaled({ start, end }: Window, by: number): Window {
  const width = Math.min(100, Math.max(NARROWEST, (end - start) * by))
  const first = Math.min(100 - width, Math.max(0, (start + end - width) / 2))
  return { start: first, end: first + width }
}

/**
 * Lets the buttons move the time shown, and says which it is.
 * @param strip of the group of drawings whose times go together
 * @param length of the run, s
 */
export function watchZoom(panel: HTMLElement, strip: Drawing, length: number): { reset(): void } {
  let window = WHOLE_TIME
  const { said } = clockOf(length)
  const range = panel.querySelector('.zoom-range')
  const buttons = [...panel.querySelectorAll<HTMLButtonElement>('[data-zoom]')]
  const say = () => {
    const whole = window.start <= 0 && window.end >= 100
    const [from, to] = [window.start, window.end].map((percent) => said((percent / 100) * length))
    if (range !== null) range.textContent = whole ? `Whole time, ${from} to ${to}` : `${from} to ${to}`
    for (const button of buttons) {
      const { start, end } = MOVES[button.dataset['zoom'] ?? '']?.(window) ?? window
      button.setAttribute('aria-disabled', String(start === window.start && end === window.end))
    }
  }
  const go = (next: Window) => strip.chart.dispatchAction({ type: 'dataZoom', ...next })
  strip.chart.on('datazoom', () => {
    window = shownIn(strip)
    say()
  })
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const move = MOVES[button.dataset['zoom'] ?? '']
      if (move !== undefined) go(move(window))
    })
  }
  panel.hidden = false
  say()
  return { reset: () => go(WHOLE_TIME) }
}

function shownIn({ chart }: Drawing): Window {
  const { dataZoom } = chart.getOption() as { dataZoom?: readonly Partial<Window>[] }
  const { start = 0, end = 100 } = dataZoom?.[0] ?? {}
  return { start, end }
}
