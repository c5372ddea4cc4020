const LEVELS = '▁▂▃▄▅▆▇█'

/** `██████░░░░`, `width` characters. @param share 0 to 1. */
export function bar(share: number, width: number): string {
  // Neither empty nor full before it is so.
  const least = share > 0 ? 1 : 0
  const most = share < 1 ? width - 1 : width
  const full = Math.max(0, Math.min(Math.max(least, Math.round(share * width)), most))
  return '█'.repeat(full) + '░'.repeat(width - full)
}

/** The last `width` values from 0 to the largest of them, one character each; a blank where there is none. */
export function sparkline(values: readonly (number | undefined)[], width: number): string {
  const shown = width > 0 ? values.slice(-width) : []
  const largest = Math.max(...shown.map((value) => value ?? 0))
  return shown
    .map((value) => {
      if (value === undefined) return ' '
      const level = largest > 0 ? Math.ceil((value / largest) * LEVELS.length) - 1 : 0
      return LEVELS[Math.max(0, level)] ?? ' '
    })
    .join('')
    .trimEnd()
}
