import { readFileSync } from 'node:fs'
import { BUILT_IN_METRICS } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { ERROR_CLASSES } from '../packages/core/src/model/failure.ts'

const page = readFileSync(new URL('../docs/metrics.md', import.meta.url), 'utf8')
const rows = Array.from(page.matchAll(/^\| `(\w+)` \|(.*)\|$/gm), ([, name = '', cells = '']) => ({
  name,
  cells: cells.split('|').map((cell) => cell.trim()),
}))

describe('docs/metrics.md', () => {
  it('lists exactly the metrics there are, with their types and units', () => {
    const listed = rows
      .filter(({ cells }) => cells.length === 3)
      .map(({ name, cells: [type, unit] }) => ({ name, type, unit }))
    const known = BUILT_IN_METRICS.map(({ name, type, unit }) => ({ name, type, unit }))
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect(listed.toSorted(byName)).toEqual(known.toSorted(byName))
  })

  it('lists exactly the error classes there are', () => {
    const section = page.slice(page.indexOf('## Error classes'), page.indexOf('## Statistics'))
    const listed = Array.from(section.matchAll(/^\| `(\w+)` \|/gm), ([, name]) => name)
    expect(listed).toEqual([...ERROR_CLASSES])
  })
})
