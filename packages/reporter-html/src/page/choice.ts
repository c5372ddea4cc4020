/** What the address of the page says: `#part=turn:2`, `#errors`, or both with `&` between. */
export interface Address {
  readonly part: string
  readonly section: string
}

/** Reads the part of an address after `#`. Never throws. */
export function readAddress(hash: string): Address {
  const words = hash.replace(/^#/, '').split('&')
  const part = words.find((word) => word.startsWith('part='))
  return {
    part: part === undefined ? '' : decoded(part.slice('part='.length)),
    section: words.find((word) => !word.startsWith('part=')) ?? '',
  }
}

/** The other way round; `''` for the whole run at the top of the page. */
export function writeAddress({ part, section }: Address): string {
  const words = [section, part === '' ? '' : `part=${encodeURIComponent(part)}`].filter((word) => word !== '')
  return words.length === 0 ? '' : `#${words.join('&')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/**
 * Lets a reader choose the part of the run the page shows. The choice is kept in the address, so that it
 * can be sent round; links to sections keep it.
 * @param show called with the number of the part, at once where the address names one
 */
export function watchChoice(show: (part: number) => void): void {
  const select = document.querySelector<HTMLSelectElement>('#part')
  if (select === null) return
  const options = [...select.options]
  const keyAt = (part: number) => options[part]?.dataset['key'] ?? ''
  let shown = 0
  const choose = (part: number) => {
    if (part === shown) return
    shown = part
    select.value = String(part)
    show(part)
  }
  select.closest<HTMLElement>('.choice')?.removeAttribute('hidden')
  select.addEventListener('change', () => {
    choose(Number(select.value))
    const { section } = readAddress(location.hash)
    history.pushState(null, '', writeAddress({ part: keyAt(shown), section }) || location.pathname)
  })
  const follow = () => {
    const address = readAddress(location.hash)
    const part = options.findIndex((option) => option.dataset['key'] === address.part)
    const linked = address.part === '' && address.section !== '' && shown !== 0
    if (linked) {
      // A link inside the page names its section only.
      history.replaceState(null, '', writeAddress({ part: keyAt(shown), section: address.section }))
      return
    }
    choose(Math.max(0, part))
    if (address.part !== '' && address.section !== '')
      document.getElementById(address.section)?.scrollIntoView()
  }
  addEventListener('hashchange', follow)
  addEventListener('popstate', follow)
  follow()
}
