import { expect, it, describe } from 'vitest'
import { hostileRun } from './__fixtures__/hostile.ts'
import { coloured, describeInBrowser, NARROW, WIDE } from './__fixtures__/report-page.ts'
import type { Watched } from './__fixtures__/browser.ts'
import { emptyRun, olderRun, run, timelineOf } from './__fixtures__/run.ts'
import { CHARTS } from './charts.ts'
import { SCHEMES } from './style/tokens.ts'

const HOSTILE = '</script><script>window.ran = true</script><img src="x" onerror="window.ran = true">'

/** Those the fixture has data for. */
const DRAWN = CHARTS.filter(({ absent }) => absent !== '')

async function expectQuiet({ page, requests, messages }: Watched, width: number): Promise<void> {
  await page.mouse.wheel(0, 5_000)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  expect(messages).toEqual([])
  expect(requests).toEqual([])
  await page.context().close()
}

describeInBrowser('the report in a browser', (open) => {
  const VIEWS = [WIDE, NARROW].flatMap((viewport) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme, width: viewport.width })),
  )

  describe.each(VIEWS)('$width px wide and $colorScheme', ({ width, ...view }) => {
    it.each([
      ['a run', run()],
      ['hostile text', hostileRun(HOSTILE)],
      ['endless words', hostileRun('x'.repeat(400))],
    ])('shows %s in silence, without the network, within its width', async (_, input) => {
      await expectQuiet(await open(input, view), width)
    })

    it('draws every chart', async () => {
      const { page } = await open(run(), view)
      for (const { id, title } of DRAWN) {
        const figure = page.locator(`figure[data-chart="${id}"]`)
        expect(await figure.locator('.figure-title').textContent()).toBe(title)
        const shapes = await coloured(page, id, SCHEMES[view.colorScheme].series[0])
        expect(shapes, `${id} in the first colour`).toBeGreaterThan(0)
        const box = await figure.locator('.chart svg').boundingBox()
        expect(box?.width, `${id}, its width`).toBeGreaterThan(250)
      }
      for (const id of ['histogram', 'percentile-curve']) {
        expect(await coloured(page, id, SCHEMES[view.colorScheme].series[0]), id).toBeGreaterThan(0)
      }
      await page.context().close()
    })
  })

  it.each([
    ['ten minutes', run({ timeline: timelineOf(600) })],
    ['one second', run({ timeline: timelineOf(1) })],
    ['a run of an older version', olderRun()],
    ['nothing measured', emptyRun()],
  ])('shows %s in silence too', async (_, input) => {
    await expectQuiet(await open(input), WIDE.width)
  })

  it('has the verdicts and the key figures on the first screen', async () => {
    const { page } = await open(run())
    for (const text of ['sim-8b', 'vllm 0.6.3', '4 of 7 passed', 'Degraded', 'TTFT p95', 'Goodput']) {
      const box = await page.getByText(text, { exact: true }).first().boundingBox()
      expect((box?.y ?? Infinity) + (box?.height ?? 0), text).toBeLessThan(WIDE.height)
    }
    await page.context().close()
  })

  it('shows markup in names and messages as text and runs none of it', async () => {
    const { page } = await open(hostileRun(HOSTILE), {
      hash: `#part=${encodeURIComponent(`scenario:${HOSTILE}`)}`,
    })
    expect(await page.evaluate('window.ran')).toBeUndefined()
    for (const id of [
      'warnings',
      'checks',
      'errors',
      'slowest',
      'parts',
      'charts',
      'scenarios',
      'environment',
    ]) {
      expect(await page.locator(`#${id}`).innerText(), id).toContain(HOSTILE)
    }
    expect(await page.locator('h1').innerText()).toBe(HOSTILE)
    expect(await page.title()).toContain(HOSTILE)
    await page.locator('[data-chart="percentile-curve"] .keys').getByText(HOSTILE).waitFor()
    await page.locator('#part').selectOption('0')
    expect(await page.locator('[data-chart="errors"] .key').innerText()).toBe(HOSTILE)
    await page.locator('[data-chart="ttft"] .chart').hover({ position: { x: 140, y: 80 } })
    expect(await page.evaluate('window.ran')).toBeUndefined()
    await page.context().close()
  })

  it('would not run markup that slipped through', async () => {
    const { page, messages } = await open(run())
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = true">')`,
    )
    await expect.poll(() => messages.join()).toContain('Content Security Policy')
    expect(await page.evaluate('window.ran')).toBeUndefined()
    await page.context().close()
  })

  it('shows the values of one moment in all charts, and what was marked then', async () => {
    const { page, messages } = await open(run())
    await page.locator('[data-chart="ttft"] .chart').hover({ position: { x: 200, y: 80 } })
    const tips = page.locator('.tip:visible')
    await expect.poll(() => tips.count()).toBe(DRAWN.length)
    const [first = '', ...others] = await tips.allInnerTexts()
    expect(first).toMatch(/^0:\d\d to 0:\d\d\s+p50\s+\d+\sms\s+p95\s+\d+\sms\s+p99/)
    for (const other of others) expect(other.split('\n')[0]).toBe(first.split('\n')[0])
    await page.locator('[data-chart="ttft"] .chart').hover({ position: { x: 62, y: 80 } })
    await expect.poll(async () => (await tips.allInnerTexts()).join()).toContain('1 ramp: to 40 iterations/s')
    expect(messages).toEqual([])
    await page.context().close()
  })

  it('hides a series by its key, in this chart only, and keeps it hidden when colours change', async () => {
    const { page } = await open(run())
    const [light, dark] = [SCHEMES.light.series[0], SCHEMES.dark.series[0]]
    const key = page.locator('[data-chart="ttft"]').getByRole('button', { name: 'p50' })
    const lines = (id: string, colour: string) =>
      page.locator(`[data-chart="${id}"] .chart [stroke="${colour}"]`).count()
    await key.click()
    expect(await key.getAttribute('aria-pressed')).toBe('false')
    await expect.poll(() => lines('ttft', light)).toBe(0)
    expect(await lines('itl', light)).toBeGreaterThan(0)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => lines('itl', dark)).toBeGreaterThan(0)
    expect(await lines('ttft', dark)).toBe(0)
    await key.click()
    await expect.poll(() => lines('ttft', dark)).toBeGreaterThan(0)
    await page.context().close()
  })

  it('prints in light colours and turns back', async () => {
    const { page, messages } = await open(run(), { colorScheme: 'dark' })
    const [light, dark] = [SCHEMES.light.series[0], SCHEMES.dark.series[0]]
    await page.evaluate(
      `addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('[data-chart="ttft"] [stroke="${light}"]').length })`,
    )
    const pdf = await page.pdf({ format: 'A4', printBackground: true })
    expect(pdf.length).toBeGreaterThan(20_000)
    expect(await page.evaluate('window.printed')).toBeGreaterThan(0)
    await expect.poll(() => coloured(page, 'ttft', dark)).toBeGreaterThan(0)
    expect(messages).toEqual([])
    await page.context().close()
  })

  it('redraws charts that get another width', async () => {
    const { page } = await open(run())
    await page.setViewportSize(NARROW)
    const width = async () =>
      Number(await page.locator('[data-chart="ttft"] .chart svg').getAttribute('width'))
    await expect.poll(width).toBeLessThan(NARROW.width)
    await page.context().close()
  })

  it('has all its tables without JavaScript, and no control that would do nothing', async () => {
    const { page } = await open(run(), { javaScriptEnabled: false })
    expect(await page.locator('#charts noscript').innerText()).toContain('The charts need JavaScript')
    expect(await page.locator('#percentiles [data-part="0"] tbody tr').count()).toBeGreaterThan(20)
    expect(await page.locator('#part, .zoom, .export, .metrics').filter({ visible: true }).count()).toBe(0)
    await page.context().close()
  })
})
