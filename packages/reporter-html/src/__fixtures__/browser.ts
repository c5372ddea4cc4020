import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'

/** Where Chromium is: `CHROMIUM_PATH`, else what the shell finds; `undefined` where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && existsSync(named)) return named
  for (const name of ['chromium', 'chromium-browser']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      // Not under this name.
    }
  }
  return undefined
}

/** Starts a Chromium that talks to nobody by itself. */
export async function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Everything a page did that a report must not do. */
export interface Watched {
  readonly page: Page
  readonly requests: readonly string[]
  readonly messages: readonly string[]
}

/** Collects what `page` asks for, beyond its own file, and what it says. */
export function watch(page: Page): Watched {
  const requests: string[] = []
  const messages: string[] = []
  page.on('request', (request) => {
    if (request.url() !== page.url() && !request.isNavigationRequest()) requests.push(request.url())
  })
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => messages.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    messages.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, requests, messages }
}
