import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedPages } from '../scripts/docs/pages.ts'
import { ROOT } from './harness/project.ts'

describe('what docs/ has from the code', () => {
  it.each(Array.from(generatedPages(), ([path, text]) => ({ path, text })))(
    'is up to date: $path',
    ({ path, text }) => {
      const file = join(ROOT, 'docs', path)
      if (process.env['UPDATE_DOCS'] === '1') {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      } else expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )

  it('says something of every option, metric and command', () => {
    const told = generatedPages()
    const options = told.get('reference/options.md') ?? ''
    expect(options.match(/^\| `\w+` \|/gm)?.length).toBeGreaterThan(50)
    expect(options).not.toMatch(/^\| `\w+` \| {2}\|/m)
    expect(told.get('reference/metrics.md')).not.toMatch(/\| {2}\|$/m)
    expect(told.get('reference/cli.md')?.match(/^## \w+/gm)?.length).toBeGreaterThan(4)
  })
})
