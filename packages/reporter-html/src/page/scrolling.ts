/** Lets the keyboard reach the regions that scroll sideways; those that fit are no stop on its way. */
export function watchScrolling(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) settle(target.closest('.scroll') ?? target)
  })
  for (const region of document.querySelectorAll('.scroll')) {
    observer.observe(region)
    const [table] = region.children
    if (table !== undefined) observer.observe(table)
  }
}

function settle(region: Element): void {
  if (region.scrollWidth > region.clientWidth) region.setAttribute('tabindex', '0')
  else region.removeAttribute('tabindex')
}
