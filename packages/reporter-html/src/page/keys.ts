import type { DrawnChart } from './chart.ts'

/** Lets the keys above a chart show and hide its series. */
export function watchKeys(box: HTMLElement, chart: DrawnChart): void {
  for (const key of box.closest('figure')?.querySelectorAll<HTMLButtonElement>('.key') ?? []) {
    key.addEventListener('click', () => {
      const visible = key.getAttribute('aria-pressed') !== 'true'
      key.setAttribute('aria-pressed', String(visible))
      chart.show(key.dataset['series'] ?? '', visible)
    })
  }
}
