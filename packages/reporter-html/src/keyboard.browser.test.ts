import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { describeInBrowser, NARROW, WIDE } from './__fixtures__/report-page.ts'
import { run } from './__fixtures__/run.ts'

/** Everything one can press, choose or scroll; of radio buttons the one that is pressed. */
const CONTROLS = 'a[href], button, select, summary, input:checked, [tabindex="0"]'

/** Gives each control in sight a number. @returns how many there are */
const number = `[...document.querySelectorAll('${CONTROLS}')]
  .filter((control) => control.checkVisibility())
  .map((control, index) => (control.dataset.stop = String(index))).length`

/** Which tables are stops is decided once they are drawn, a moment after the page is there. */
const settled = `[...document.querySelectorAll('.scroll')]
  .every((region) => region.hasAttribute('tabindex') === region.scrollWidth > region.clientWidth)`

interface Stop {
  readonly stop: string
  readonly name: string
  readonly outlined: boolean
  readonly inSight: boolean
}

/** What has the focus, whether one sees that, and whether it is below the bar that stays in sight. */
const focused = `(() => {
  const active = document.activeElement
  const shown = active.matches('input') ? active.nextElementSibling : active
  const { outlineStyle, outlineWidth } = getComputedStyle(shown)
  const { top, bottom, height } = shown.getBoundingClientRect()
  const bar = document.querySelector('.bar').getBoundingClientRect()
  const edge = active.closest('.bar, .top') ? 0 : bar.bottom
  return {
    stop: active.dataset.stop ?? '',
    name: active.getAttribute('aria-label') ?? active.textContent ?? '',
    outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    inSight: height > innerHeight - edge || (top >= edge - 1 && bottom <= innerHeight + 1),
  }
})()`

async function walk(page: Page, key: 'Tab' | 'Shift+Tab', steps: number): Promise<readonly Stop[]> {
  const stops: Stop[] = []
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press(key)
    stops.push(await page.evaluate<Stop>(focused))
  }
  return stops
}

describeInBrowser('the keyboard', (open) => {
  it.each([
    ['wide', WIDE, ''],
    ['narrow', NARROW, ''],
    ['wide with a part chosen', WIDE, '#part=scenario%3Aramp'],
  ])(
    'reaches every control of a %s page in its order, each outlined and in sight',
    async (_, viewport, hash) => {
      const { page, messages } = await open(run(), { viewport, hash })
      await page.waitForFunction(settled)
      const count = await page.evaluate<number>(number)
      expect(count).toBeGreaterThan(40)
      const there = await walk(page, 'Tab', count)
      expect(there.map(({ stop }) => stop)).toEqual(there.map((_stop, index) => String(index)))
      // Beyond the last control the browser itself has the focus once.
      const back = await walk(page, 'Shift+Tab', count - 1)
      expect(back.map(({ stop }) => stop)).toEqual(
        there
          .slice(0, -1)
          .map(({ stop }) => stop)
          .toReversed(),
      )
      for (const stop of [...there, ...back]) expect(stop).toMatchObject({ outlined: true, inSight: true })
      expect(messages).toEqual([])
      await page.context().close()
    },
  )

  it('stops at tables only where they scroll', async () => {
    const { page } = await open(run())
    await page.waitForFunction(settled)
    expect(await page.locator('.scroll[tabindex]').count()).toBe(0)
    await page.setViewportSize(NARROW)
    const percentiles = page.locator('#percentiles .scroll:visible')
    await expect.poll(() => percentiles.getAttribute('tabindex')).toBe('0')
    await percentiles.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.evaluate<number>('document.activeElement.scrollLeft')).toBeGreaterThan(0)
    await page.context().close()
  })
})
