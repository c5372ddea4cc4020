import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { describeInBrowser } from './__fixtures__/report-page.ts'
import { run } from './__fixtures__/run.ts'

const shown = (page: Page) => page.locator('.zoom-range').innerText()
const lastTick = (page: Page, chart: string) =>
  page
    .locator(`[data-chart="${chart}"] text`, { hasText: /^\d:\d\d/ })
    .last()
    .textContent()

describeInBrowser('the time shown', (open) => {
  it('is the whole run at first', async () => {
    const { page } = await open(run())
    expect(await shown(page)).toBe('Whole time, 0:00 to 1:00')
    expect(await lastTick(page, 'tokens')).toBe('1:00')
    await page.context().close()
  })

  it('is moved with the keyboard, in all charts together', async () => {
    const { page } = await open(run())
    await page.getByRole('button', { name: 'Zoom in' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page)).toBe('0:15 to 0:45')
    for (const chart of ['ttft', 'tokens', 'generator-cpu']) {
      await expect.poll(() => lastTick(page, chart), { message: chart }).not.toBe('1:00')
    }
    await page.getByRole('button', { name: 'Later' }).press('Enter')
    await expect.poll(() => shown(page)).toBe('0:30 to 1:00')
    await page.getByRole('button', { name: 'Whole time' }).press('Space')
    await expect.poll(() => shown(page)).toBe('Whole time, 0:00 to 1:00')
    await expect.poll(() => lastTick(page, 'tokens')).toBe('1:00')
    await page.context().close()
  })

  it('is zoomed by Ctrl and wheel, moved by dragging and reset by a double click', async () => {
    const { page } = await open(run())
    const chart = page.locator('[data-chart="ttft"] .chart')
    await chart.scrollIntoViewIfNeeded()
    await chart.hover({ position: { x: 250, y: 80 } })
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -600)
    await page.keyboard.up('Control')
    await expect.poll(() => shown(page)).not.toContain('Whole')
    const zoomed = await shown(page)
    const box = await chart.boundingBox()
    const [x, y] = [(box?.x ?? 0) + 250, (box?.y ?? 0) + 80]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 120, y, { steps: 6 })
    await page.mouse.up()
    await expect.poll(() => shown(page)).not.toBe(zoomed)
    await expect.poll(() => lastTick(page, 'tokens')).not.toBe('1:00')
    await page.locator('[data-chart="load"] .chart').dblclick({ position: { x: 120, y: 80 } })
    await expect.poll(() => shown(page)).toContain('Whole time')
    await page.context().close()
  })

  it('is left to the page by a wheel alone', async () => {
    const { page } = await open(run())
    const chart = page.locator('[data-chart="ttft"] .chart')
    await chart.hover({ position: { x: 250, y: 80 } })
    await page.evaluate('scrollTo(0, 600)')
    const before = await page.evaluate<number>('scrollY')
    await page.mouse.wheel(0, 300)
    await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(before)
    expect(await shown(page)).toContain('Whole time')
    await page.context().close()
  })

  it('is chosen by drawing across the strip', async () => {
    const { page } = await open(run())
    const strip = page.locator('.overview')
    await strip.scrollIntoViewIfNeeded()
    const box = await strip.boundingBox()
    const [left, width, y] = [box?.x ?? 0, box?.width ?? 0, (box?.y ?? 0) + 20]
    await page.mouse.move(left + width * 0.4, y)
    await page.mouse.down()
    await page.mouse.move(left + width * 0.6, y, { steps: 8 })
    await page.mouse.up()
    await expect.poll(() => shown(page)).toMatch(/^0:2\d(\.\d)? to 0:3\d(\.\d)?$/)
    await expect.poll(() => lastTick(page, 'errors')).not.toBe('1:00')
    await page.context().close()
  })

  it('stays when another part is chosen', async () => {
    const { page } = await open(run())
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.locator('#part').selectOption('1')
    await expect.poll(() => shown(page)).toBe('0:15 to 0:45')
    expect(await lastTick(page, 'ttft')).not.toBe('1:00')
    await page.context().close()
  })
})
