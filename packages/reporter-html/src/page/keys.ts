import { element } from './element.ts'
import { swatch } from './swatch.ts'

/** What a key stands for. */
export interface Key {
  readonly name: string
  readonly colour: number
  /** `block` is a layer of a stack or an area, the others are lines. */
  readonly shape: 'solid' | 'dashed' | 'dotted' | 'block'
}

/** Fills the list above a drawing with a key for each series; pressing one shows or hides it. */
export function fillKeys(
  figure: Element,
  keys: readonly Key[],
  show: (series: string, visible: boolean) => void,
): void {
  const items = keys.map(({ name, colour, shape }) => {
    const button = element('button', `key series-${colour}`, name)
    button.type = 'button'
    button.setAttribute('aria-pressed', 'true')
    button.prepend(swatch(shape))
    button.addEventListener('click', () => {
      const visible = button.getAttribute('aria-pressed') !== 'true'
      button.setAttribute('aria-pressed', String(visible))
      show(name, visible)
    })
    const item = element('li')
    item.append(button)
    return item
  })
  figure.querySelector('.keys')?.replaceChildren(...items)
}
