/** Shows what the document holds of one part: sections made for each, and rows that belong to it. */
export function showPart(part: number, label: string): void {
  const root = document.documentElement
  if (part === 0) delete root.dataset['part']
  else root.dataset['part'] = String(part)
  for (const block of document.querySelectorAll<HTMLElement>('[data-part]')) {
    if (block !== root) block.hidden = block.dataset['part'] !== String(part)
  }
  for (const item of document.querySelectorAll<HTMLElement>('[data-in]')) {
    item.hidden = !(item.dataset['in'] ?? '').split(' ').includes(String(part))
  }
  for (const note of document.querySelectorAll<HTMLElement>('.none-of-part')) {
    const rows = [...(note.closest('section')?.querySelectorAll<HTMLElement>('[data-in]') ?? [])]
    const empty = rows.every((row) => row.hidden)
    note.hidden = !empty
    const table = note.previousElementSibling
    if (table instanceof HTMLElement) table.hidden = empty
  }
  for (const row of document.querySelectorAll<HTMLElement>('[data-row]')) {
    row.classList.toggle('is-chosen', part !== 0 && row.dataset['row'] === String(part))
  }
  const chosen = document.querySelector('.chosen')
  if (chosen !== null) chosen.textContent = part === 0 ? '' : `Shown: ${label}`
}
