import axe from 'axe-core'
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { hostileRun } from './__fixtures__/hostile.ts'
import { describeInBrowser, NARROW, WIDE } from './__fixtures__/report-page.ts'
import { emptyRun, run } from './__fixtures__/run.ts'

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Everything axe finds, of any gravity: a report has no reason for any. */
async function found(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const violations = await page.evaluate<readonly Violation[]>(
    'axe.run(document).then(({ violations }) => violations)',
  )
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

const VIEWS = [WIDE, NARROW].flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => [viewport.width, colorScheme, viewport] as const),
)

describeInBrowser('axe finds nothing', (open) => {
  it.each(VIEWS)('in a run, %d px wide and %s', async (_, colorScheme, viewport) => {
    const { page } = await open(run(), { viewport, colorScheme })
    expect(await found(page)).toEqual([])
    await page.context().close()
  })

  it.each(VIEWS)('in a part of it, with a menu open, %d px wide and %s', async (_, colorScheme, viewport) => {
    const { page } = await open(run(), { viewport, colorScheme, hash: '#part=scenario%3Abackground' })
    await page.locator('[data-chart="ttft"] .export summary').click()
    await page.locator('#options summary').click()
    expect(await found(page)).toEqual([])
    await page.context().close()
  })

  it.each([
    ['a run in which nothing was measured', emptyRun()],
    ['hostile text', hostileRun('<b>x</b>')],
  ])('in %s', async (_, input) => {
    const { page } = await open(input)
    expect(await found(page)).toEqual([])
    await page.context().close()
  })
})
