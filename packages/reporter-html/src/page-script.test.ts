import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { expect, it } from 'vitest'
import { pageScript } from './page-script.ts'

it('is bundled from the sources in a checkout', async () => {
  const script = await pageScript()
  expect(script).toContain('report-data')
  expect(script).not.toMatch(/<\/script|<!--|\r/i)
  expect(script.length).toBeLessThan(800_000)
})

it('lies beside the reporter in a built package', async () => {
  const dist = await mkdtemp(join(tmpdir(), 'reporter-html-'))
  try {
    const source = await readFile(new URL('./page-script.ts', import.meta.url), 'utf8')
    const { code } = await transform(source, { loader: 'ts', format: 'esm' })
    await writeFile(join(dist, 'page-script.mjs'), code)
    await writeFile(join(dist, 'report-page.js'), 'the built script')
    const built = (await import(pathToFileURL(join(dist, 'page-script.mjs')).href)) as {
      pageScript: typeof pageScript
    }
    expect(await built.pageScript()).toBe('the built script')
  } finally {
    await rm(dist, { recursive: true })
  }
})
