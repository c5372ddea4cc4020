import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ReportInput } from 'loadbench/report'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, launch, watch, type Watched } from './browser.ts'
import { htmlReporter } from '../html-reporter.ts'

export const WIDE = { width: 1280, height: 800 }
export const NARROW = { width: 390, height: 844 }

export interface View extends BrowserContextOptions {
  /** Of the address, with its `#`. */
  readonly hash?: string
}

/** Writes the report of a run and opens it. Close its context when done. */
export type Open = (input: ReportInput, view?: View) => Promise<Watched>

const chromium = findChromium()
const required = process.env['LOADBENCH_REQUIRE_BROWSER'] === '1'

/** Tests of the report in a browser: skipped loudly where there is none, unless one is required. */
export function describeInBrowser(name: string, tests: (open: Open) => void): void {
  if (chromium === undefined && !required) {
    console.log(`${name}: not tested, no Chromium is installed (CHROMIUM_PATH names one).`)
  }
  it.runIf(chromium === undefined && required)(`${name}: has a Chromium to be tested in`, () => {
    expect.unreachable('LOADBENCH_REQUIRE_BROWSER=1, but no Chromium is installed and CHROMIUM_PATH names none')
  })
  describe.skipIf(chromium === undefined)(name, { timeout: 60_000 }, () => {
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

    tests(async (input, { hash = '', ...options } = {}) => {
      const file = join(folder, `${Math.random().toString(36).slice(2)}.html`)
      await writeFile(file, await htmlReporter.render(input))
      const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', ...options })
      const watched = watch(await context.newPage())
      await watched.page.goto(pathToFileURL(file).href + hash)
      return watched
    })
  })
}

/** How many shapes of a chart have a colour. */
export async function coloured(page: Page, chart: string, colour: string): Promise<number> {
  return page.locator(`[data-chart="${chart}"] :is([stroke="${colour}"], [fill="${colour}"])`).count()
}
