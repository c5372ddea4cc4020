import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { describeInBrowser } from './__fixtures__/report-page.ts'
import { run, timelineOf } from './__fixtures__/run.ts'

const RAMP = '#part=scenario%3Aramp'
const ttft = (page: Page) => page.locator('#headline dd:visible').first().innerText()

describeInBrowser('the choice of a part', (open) => {
  it('is made with the keyboard alone and changes every panel', async () => {
    const { page, messages } = await open(run())
    expect(await ttft(page)).toMatch(/^612/)
    while ((await page.evaluate('document.activeElement.id')) !== 'part') await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => ttft(page)).toMatch(/^663/)
    expect(await page.locator('#percentiles tbody tr:visible').first().innerText()).toBe('Latency')
    expect(await page.locator('#percentiles').innerText()).toContain('1,201')
    expect(await page.locator('#thresholds').innerText()).toContain('None of these belongs to this part.')
    expect(await page.locator('#slowest tbody tr:visible').count()).toBe(2)
    expect(await page.locator('#errors .error-count:visible').allInnerTexts()).toEqual([
      expect.stringMatching(/^25\b/),
      expect.stringMatching(/^14\b/),
      expect.stringMatching(/^5\b/),
    ])
    expect(await page.locator('#scenarios tbody tr:visible').count()).toBe(1)
    expect(await page.locator('[data-chart="rate"] .key').allInnerTexts()).toEqual([
      'intended starts',
      'requests ended',
    ])
    expect(await page.locator('[data-chart="errors"] .key').allInnerTexts()).toEqual([
      'rate_limited',
      'timeout',
    ])
    expect(await page.locator('[data-chart="percentile-curve"] .key').allInnerTexts()).toEqual([
      'scenario ramp',
      'Whole run',
    ])
    expect(await page.locator('[role=status].chosen').textContent()).toBe('Shown: scenario ramp')
    expect(messages).toEqual([])
    await page.context().close()
  })

  it('changes every panel, but those that say they are of the whole run', async () => {
    const { page } = await open(run())
    expect(await page.locator('.scope:visible').count()).toBe(0)
    const sections = await page.locator('main > section').all()
    const before = await Promise.all(sections.map((section) => section.innerText()))
    await page.locator('#part').selectOption({ label: 'scenario background' })
    const unchanged = await Promise.all(
      sections.map(async (section, index) => {
        const says = await section.locator('h2 .scope').isVisible()
        return says || (await section.innerText()) === before[index]
          ? [await section.getAttribute('id'), says]
          : []
      }),
    )
    expect(unchanged.filter((one) => one.length > 0)).toEqual(
      ['warnings', 'parts', 'checks', 'options', 'environment'].map((id) => [id, true]),
    )
    expect(await page.locator('[data-chart="load"] .scope').isVisible()).toBe(true)
    expect(await page.locator('[data-chart="ttft"] .scope').isVisible()).toBe(false)
    await page.context().close()
  })

  it('names the charts that have nothing of it instead of showing empty ones', async () => {
    const { page } = await open(run())
    const undrawn = (section: string) => page.locator(`#${section} .undrawn`)
    expect(await page.locator('.undrawn:visible').count()).toBe(0)
    await page.locator('#part').selectOption({ label: 'scenario background' })
    expect(await page.locator('#charts figure:visible h3').allInnerTexts()).toEqual([
      'Time to first token',
      'Inter-token latency',
      expect.stringContaining('Rate per second'),
      expect.stringContaining('Tokens per second'),
      expect.stringMatching(/^VUs and open streams\s+whole run$/),
      expect.stringMatching(/^Generator: delays/),
      expect.stringMatching(/^Generator: CPU/),
    ])
    expect(await undrawn('charts').innerText()).toBe('Nothing to draw in this part: Errors by class.')
    await page.getByRole('radio', { name: 'ITL' }).check()
    expect(await page.locator('#distributions figure:visible').count()).toBe(0)
    expect(await undrawn('distributions').innerText()).toBe('Nothing to draw in this part: ITL.')
    await page.getByRole('radio', { name: 'TTFT', exact: true }).check()
    expect(await page.locator('[data-chart="histogram"] h3').innerText()).toContain('Time to first token')
    expect(await page.locator('[data-chart="histogram"] .chart svg').isVisible()).toBe(true)
    await page.locator('#part').selectOption('0')
    expect(await page.locator('.undrawn:visible').count()).toBe(0)
    expect((await page.locator('[data-chart="errors"] .chart svg').boundingBox())?.width).toBeGreaterThan(400)
    await page.context().close()
  })

  it('is in the address: to be opened, sent round and gone back from', async () => {
    const { page } = await open(run(), { hash: RAMP })
    expect(await ttft(page)).toMatch(/^663/)
    expect(await page.locator('#part').inputValue()).toBe('1')
    await page.locator('#parts').getByRole('link', { name: 'background' }).click()
    await expect.poll(() => ttft(page)).toMatch(/^391/)
    expect(page.url()).toContain('#part=scenario%3Abackground')
    await page.goBack()
    await expect.poll(() => ttft(page)).toMatch(/^663/)
    await page.locator('#part').selectOption('0')
    await expect.poll(() => ttft(page)).toMatch(/^612/)
    expect(page.url()).not.toContain('part=')
    await page.context().close()
  })

  it('survives a jump to a section', async () => {
    const { page } = await open(run(), { hash: RAMP })
    await page.getByRole('navigation').getByRole('link', { name: 'Errors' }).click()
    await expect.poll(() => page.url()).toContain('#errors&part=scenario%3Aramp')
    expect(await ttft(page)).toMatch(/^663/)
    const box = await page.locator('#errors').boundingBox()
    expect(box?.y).toBeLessThan(200)
    await page.context().close()
  })

  it('of an address that names no part is the whole run', async () => {
    const { page, messages } = await open(run(), { hash: '#part=%E0%A4%A' })
    expect(await ttft(page)).toMatch(/^612/)
    expect(messages).toEqual([])
    await page.context().close()
  })

  it('is said when there was no room for its charts', async () => {
    const timeline = timelineOf(600)
    const values = Array.from({ length: 40 }, (_, index) => ({ scenario: `s${index}` }))
    const whole = timeline.series.filter(({ tags }) => tags['scenario'] === undefined)
    const own = timeline.series.filter(({ tags }) => tags['scenario'] === 'ramp')
    const series = [...whole, ...values.flatMap((tags) => own.map((one) => ({ ...one, tags })))]
    const parts = values.map((tags) => ({ label: `scenario ${tags.scenario}`, tags }))
    const { page } = await open(run({ timeline: { ...timeline, series }, summary: { parts } }))
    await page.locator('#part').selectOption({ label: 'scenario s39' })
    expect(await page.locator('.chart-missing').isVisible()).toBe(true)
    expect(await page.locator('[data-chart="ttft"] .chart').isVisible()).toBe(false)
    await page.context().close()
  })
})
