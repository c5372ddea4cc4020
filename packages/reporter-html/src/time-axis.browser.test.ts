import type { Timeline } from 'loadbench/report'
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { describeInBrowser, NARROW, WIDE } from './__fixtures__/report-page.ts'
import { run, timelineOf } from './__fixtures__/run.ts'
import { SCHEMES } from './style/tokens.ts'

/** As many intervals as `seconds`, `scale` times as long, each with errors. */
function scaled(seconds: number, scale: number, markers: Timeline['markers'] = []): Timeline {
  const timeline = timelineOf(seconds)
  return {
    ...timeline,
    at: timeline.at.map((at) => at * scale),
    width: timeline.width.map((width) => width * scale),
    errors: { timeout: timeline.at.map(() => 3) },
    markers,
  }
}

/** Labels of the time axis of a chart. */
async function ticks(page: Page, chart: string): Promise<readonly string[]> {
  const labels = await page.locator(`[data-chart="${chart}"] svg text`).allTextContents()
  return labels
    .map((label) => label.replaceAll('\u202f', ' '))
    .filter((label) => /^[\d:.]+( s)?$/.test(label) && /[:s]/.test(label))
}

describeInBrowser('the time axis', (open) => {
  it.each([
    ['90 ms', scaled(1, 0.09), / s$/],
    ['300 ms', scaled(1, 0.3), / s$/],
    ['three seconds', scaled(3, 1), / s$/],
    ['twelve seconds', scaled(12, 1), /^0:\d\d$/],
    ['ten minutes', scaled(600, 1), /^\d+:\d\d$/],
    ['two days', scaled(600, 288), /^\d+:\d\d:00$|^0:00$/],
  ])('of a run of %s has labels that differ', async (_, timeline, form) => {
    for (const viewport of [WIDE, NARROW]) {
      const { page } = await open(run({ timeline }), { viewport })
      const labels = await ticks(page, 'generator-cpu')
      expect(labels.length).toBeGreaterThan(2)
      expect(new Set(labels).size, labels.join()).toBe(labels.length)
      for (const label of labels) expect(label).toMatch(form)
      await page.context().close()
    }
  })

  it('stands at whole hours in every time zone', async () => {
    const { page } = await open(run({ timeline: scaled(600, 72) }), { timezoneId: 'Asia/Kolkata' })
    for (const label of await ticks(page, 'generator-cpu')) expect(label).toMatch(/^0:00$|:00:00$/)
    await page.context().close()
  })

  it('has bars that are no walls, and no choice of a time where there is one interval', async () => {
    const { page } = await open(run({ timeline: scaled(1, 0.3) }))
    const bar = page.locator(`[data-chart="errors"] path[fill="${SCHEMES.light.series[0]}"]`)
    expect((await bar.boundingBox())?.width).toBeLessThan(40)
    expect(await page.locator('.zoom').isVisible()).toBe(false)
    await page.locator('[data-chart="ttft"] .chart').hover({ position: { x: 200, y: 80 } })
    await expect
      .poll(() => page.locator('.tip:visible').first().innerText())
      .toMatch(/^0.s to 0\.3.s\s+p50\s+\d/)
    await page.context().close()
  })

  it('has the band of a warm-up from its beginning to its end, in the middle of a second as well', async () => {
    const warmUp = { at: 2.5, until: 7.5, kind: 'warm-up', label: 'warm-up' } as const
    const { page } = await open(run({ timeline: scaled(10, 1, [warmUp]) }))
    const band = await page
      .locator(`[data-chart="ttft"] path[fill="${SCHEMES.light.muted}"]`)
      .first()
      .boundingBox()
    const axis = async (label: string) => {
      const tick = await page
        .locator('[data-chart="ttft"] svg text', { hasText: label })
        .first()
        .boundingBox()
      return (tick?.x ?? 0) + (tick?.width ?? 0) / 2
    }
    const [start, end] = [await axis('0:00'), await axis('0:10')]
    expect(Math.abs((band?.x ?? 0) - start - (end - start) * 0.25)).toBeLessThan(3)
    expect(Math.abs((band?.width ?? 0) - (end - start) / 2)).toBeLessThan(3)
    await page.context().close()
  })
})
