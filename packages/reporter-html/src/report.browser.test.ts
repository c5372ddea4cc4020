import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ReportInput } from 'loadbench/report'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, launch, watch, type Watched } from './__fixtures__/browser.ts'
import { hostileRun } from './__fixtures__/hostile.ts'
import { emptyRun, run, timelineOf } from './__fixtures__/run.ts'
import { CHARTS } from './charts.ts'
import { htmlReporter } from './html-reporter.ts'
import { SCHEMES } from './style/tokens.ts'

const chromium = findChromium()
const required = process.env['LOADBENCH_REQUIRE_BROWSER'] === '1'

if (chromium === undefined && !required) {
  console.log('The report is not tested in a browser: no Chromium is installed (CHROMIUM_PATH names one).')
}
it.runIf(chromium === undefined && required)('has a Chromium to be tested in', () => {
  expect.unreachable('LOADBENCH_REQUIRE_BROWSER=1, but no Chromium is installed and CHROMIUM_PATH names none')
})

const HOSTILE = '</script><script>window.ran = true</script><img src="x" onerror="window.ran = true">'
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 390, height: 844 }

describe.skipIf(chromium === undefined)('the report in a browser', { timeout: 60_000 }, () => {
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    browser = await launch(chromium ?? '')
    folder = await mkdtemp(join(tmpdir(), 'loadbench-report-'))
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    if (folder !== undefined) await rm(folder, { recursive: true })
  })

  interface View {
    readonly viewport?: { readonly width: number; readonly height: number }
    readonly colorScheme?: 'light' | 'dark'
  }

  async function open(
    input: ReportInput,
    { viewport = WIDE, colorScheme = 'light' }: View = {},
  ): Promise<Watched> {
    const file = join(folder, `${Math.random().toString(36).slice(2)}.html`)
    await writeFile(file, await htmlReporter.render(input))
    const watched = watch(await browser.newPage({ viewport, colorScheme }))
    await watched.page.goto(pathToFileURL(file).href)
    return watched
  }

  async function expectQuiet({ page, requests, messages }: Watched, width: number): Promise<void> {
    await page.mouse.wheel(0, 5_000)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(messages).toEqual([])
    expect(requests).toEqual([])
    await page.close()
  }

  const VIEWS = [WIDE, NARROW].flatMap((viewport) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme, width: viewport.width })),
  )

  describe.each(VIEWS)('$width px wide and $colorScheme', (view) => {
    it.each([
      ['a run', run()],
      ['hostile text', hostileRun(HOSTILE)],
      ['endless words', hostileRun('x'.repeat(400))],
    ])('shows %s in silence, without the network, within its width', async (_, input) => {
      await expectQuiet(await open(input, view), view.width)
    })

    it('draws every chart', async () => {
      const { page } = await open(run(), view)
      for (const { id, title } of CHARTS) {
        const figure = page.locator('figure', { has: page.locator(`[data-chart="${id}"]`) })
        expect(await figure.locator('h3').textContent()).toBe(title)
        const paths = await coloured(page, id, SCHEMES[view.colorScheme].series[0])
        expect(paths, `${id} in the first colour`).toBeGreaterThan(0)
        const box = await figure.locator('svg').last().boundingBox()
        expect(box?.width, `${id}, its width`).toBeGreaterThan(250)
      }
      await page.close()
    })
  })

  it.each([
    ['ten minutes', run({ timeline: timelineOf(600) })],
    ['one second', run({ timeline: timelineOf(1) })],
    ['nothing measured', emptyRun()],
  ])('shows %s in silence too', async (_, input) => {
    await expectQuiet(await open(input), WIDE.width)
  })

  /** How many shapes of a chart have a colour. */
  async function coloured(page: Page, id: string, colour: string): Promise<number> {
    return page.locator(`[data-chart="${id}"] :is([stroke="${colour}"], [fill="${colour}"])`).count()
  }

  it('shows markup in names and messages as text and runs none of it', async () => {
    const { page } = await open(hostileRun(HOSTILE))
    expect(await page.evaluate('window.ran')).toBeUndefined()
    for (const id of ['warnings', 'thresholds', 'checks', 'errors', 'scenarios', 'environment']) {
      expect(await page.locator(`#${id}`).innerText(), id).toContain(HOSTILE)
    }
    expect(await page.locator('h1').innerText()).toBe(HOSTILE)
    expect(await page.title()).toContain(HOSTILE)
    expect(await page.locator('figure', { hasText: 'Errors by class' }).locator('.key').innerText()).toBe(
      HOSTILE,
    )
    await page.close()
  })

  it('would not run markup that slipped through', async () => {
    const { page, messages } = await open(run())
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = true">')`,
    )
    await expect.poll(() => messages.join()).toContain('Content Security Policy')
    expect(await page.evaluate('window.ran')).toBeUndefined()
    await page.close()
  })

  it('shows the values of one moment in all charts', async () => {
    const { page, messages } = await open(run())
    await page.locator('[data-chart="ttft"]').hover({ position: { x: 120, y: 80 } })
    const tips = page.locator('.tip:visible')
    await expect.poll(() => tips.count()).toBe(CHARTS.length)
    const [first = '', ...others] = await tips.allInnerTexts()
    expect(first).toMatch(/^0:\d\d to 0:\d\d\s+p50\s+\d+\sms\s+p95\s+\d+\sms\s+p99/)
    for (const other of others) expect(other.split('\n')[0]).toBe(first.split('\n')[0])
    expect(messages).toEqual([])
    await page.close()
  })

  it('zooms all charts together and back', async () => {
    const { page } = await open(run())
    const lastTick = (id: string) =>
      page
        .locator(`[data-chart="${id}"] text`, { hasText: /^\d:\d\d/ })
        .last()
        .textContent()
    await page.locator('[data-chart="ttft"]').hover({ position: { x: 120, y: 80 } })
    expect(await lastTick('tokens')).toBe('1:00')
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, -600)
    await page.keyboard.up('Shift')
    await expect.poll(() => lastTick('tokens')).not.toBe('1:00')
    await page.locator('[data-chart="load"]').dblclick({ position: { x: 120, y: 80 } })
    await expect.poll(() => lastTick('tokens')).toBe('1:00')
    await page.close()
  })

  it('hides a series by its key, in this chart only, and keeps it hidden when colours change', async () => {
    const { page } = await open(run())
    const [light, dark] = [SCHEMES.light.series[0], SCHEMES.dark.series[0]]
    const key = page
      .locator('figure', { hasText: 'Time to first token' })
      .getByRole('button', { name: 'p50' })
    await key.click()
    expect(await key.getAttribute('aria-pressed')).toBe('false')
    await expect.poll(() => coloured(page, 'ttft', light)).toBe(0)
    expect(await coloured(page, 'itl', light)).toBeGreaterThan(0)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => coloured(page, 'itl', dark)).toBeGreaterThan(0)
    expect(await coloured(page, 'ttft', dark)).toBe(0)
    await key.click()
    await expect.poll(() => coloured(page, 'ttft', dark)).toBeGreaterThan(0)
    await page.close()
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
    await page.close()
  })

  it('redraws charts that get another width', async () => {
    const { page } = await open(run())
    await page.setViewportSize(NARROW)
    const width = async () => Number(await page.locator('[data-chart="ttft"] svg').getAttribute('width'))
    await expect.poll(width).toBeLessThan(NARROW.width)
    await page.close()
  })

  it('has all its tables without JavaScript', async () => {
    const file = join(folder, 'plain.html')
    await writeFile(file, await htmlReporter.render(run()))
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(pathToFileURL(file).href)
    expect(await page.locator('noscript').innerText()).toContain('The charts need JavaScript')
    expect(await page.locator('#percentiles tbody tr').count()).toBeGreaterThan(20)
    await context.close()
  })
})
