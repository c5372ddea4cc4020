import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { hostileRun } from './__fixtures__/hostile.ts'
import { describeInBrowser } from './__fixtures__/report-page.ts'
import { run } from './__fixtures__/run.ts'

interface Saved {
  readonly name: string
  readonly content: Buffer
}

async function save(page: Page, chart: string, kind: string): Promise<Saved> {
  const figure = page.locator(`figure[data-chart="${chart}"]`)
  await figure.locator('.export summary').click()
  const download = page.waitForEvent('download')
  await figure.getByRole('button', { name: kind }).click()
  const done = await download
  return { name: done.suggestedFilename(), content: await readFile(await done.path()) }
}

describeInBrowser('a chart saved', (open) => {
  it('as CSV has its numbers, one row for an interval', async () => {
    const { page, messages } = await open(run())
    const { name, content } = await save(page, 'ttft', 'CSV')
    expect(name).toBe('ramp_20261121_140305_kqwz-ttft.csv')
    const rows = content.toString().trim().split('\r\n')
    expect(rows[0]).toBe('from (s),to (s),p50 (ms),p95 (ms),p99 (ms)')
    expect(rows).toHaveLength(61)
    expect(rows[1]).toMatch(/^0,1,\d+(\.\d+)?,\d+(\.\d+)?,\d+(\.\d+)?$/)
    expect(rows[29]).toBe('28,29,,,')
    expect(messages).toEqual([])
    await page.context().close()
  })

  it('as CSV of a distribution has its buckets and its percentiles', async () => {
    const { page } = await open(run())
    const buckets = await save(page, 'histogram', 'CSV')
    expect(buckets.content.toString()).toMatch(/^from \(ms\),to \(ms\),count\r\n[\d.]+,[\d.]+,\d+\r\n/)
    const curve = await save(page, 'percentile-curve', 'CSV')
    expect(curve.content.toString()).toMatch(/^percentile,value \(ms\)\r\n0,[\d.]+\r\n25,/)
    await page.context().close()
  })

  it('as SVG stands alone: title, keys, where it comes from', async () => {
    const { page } = await open(run(), { hash: '#part=scenario%3Aramp' })
    const { name, content } = await save(page, 'ttft', 'SVG')
    const svg = content.toString()
    expect(name).toBe('ramp_20261121_140305_kqwz-scenario_ramp-ttft.svg')
    expect(
      await page.evaluate(
        `new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').querySelector('parsererror')?.textContent`,
      ),
    ).toBeUndefined()
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    for (const text of [
      'Time to first token',
      'p95',
      'scenarios/ramp.ts · http://10.0.4.17:8000/v1',
      'scenario ramp',
      '2 first error: stream_truncated',
      '6 ramp: to 4 iterations/s over 20s',
    ]) {
      expect(svg).toContain(text)
    }
    await page.context().close()
  })

  it('as PNG is a picture that is not empty, though the policy of the page forbids nearly everything', async () => {
    const { page, messages, requests } = await open(run(), { colorScheme: 'dark' })
    const { name, content } = await save(page, 'errors', 'PNG')
    expect(name).toMatch(/errors\.png$/)
    expect(content.subarray(1, 4).toString()).toBe('PNG')
    expect(content.readUInt32BE(16)).toBe(2_000)
    expect(content.length).toBeGreaterThan(15_000)
    expect(messages).toEqual([])
    expect(requests.filter((url) => !/^(data|blob):/.test(url))).toEqual([])
    await page.context().close()
  })

  it('holds hostile names as text, and no formula', async () => {
    const { page } = await open(hostileRun('=1+1</text><script>window.ran = 1</script>'))
    const { content: svg } = await save(page, 'errors', 'SVG')
    expect(svg.toString()).not.toContain('<script')
    const { content: csv } = await save(page, 'errors', 'CSV')
    expect(csv.toString().split('\r\n')[0]).toBe(
      "from (s),to (s),'=1+1</text><script>window.ran = 1</script>",
    )
    await page.context().close()
  })

  it('is chosen with the keyboard, and Escape closes the menu', async () => {
    const { page } = await open(run())
    const summary = page.locator('[data-chart="ttft"] .export summary')
    await summary.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.dataset.save')).toBe('png')
    await page.keyboard.press('Escape')
    expect(await page.locator('[data-chart="ttft"] .export').getAttribute('open')).toBeNull()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
    await page.context().close()
  })
})
