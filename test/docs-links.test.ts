import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages, textOf } from './harness/pages.ts'
import { ROOT } from './harness/project.ts'

/** Links and pictures of a page that lead to a file of this repository. */
function linksOf(page: string): string[] {
  const prose = textOf(page).replaceAll(/^(`{3,})\w*\n.*?^\1$/gms, '')
  const links = Array.from(
    prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g),
    ([, a, b]) => a ?? b ?? '',
  )
  return links.filter((link) => !/^(?:https?|mailto):/.test(link))
}

/** The anchors a heading gets where the pages are shown. */
function anchorsOf(page: string): string[] {
  return Array.from(textOf(page).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  )
}

describe('the links of the pages', () => {
  it.each(pages().map((page) => ({ page })))('of $page lead somewhere', ({ page }) => {
    const broken = linksOf(page).filter((link) => {
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
      if (!existsSync(file)) return true
      if (anchor === undefined || statSync(file).isDirectory()) return anchor !== undefined
      return !anchorsOf(relative(ROOT, file)).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('lead from the index to every page', () => {
    const index = new Set(linksOf('docs/README.md').map((link) => join('docs', link.split('#')[0] ?? '')))
    const lost = pages().filter(
      (page) => page.startsWith('docs/') && !page.startsWith('docs/decisions/') && !index.has(page),
    )
    expect(lost).toEqual(['docs/README.md'])
  })
})
