import { readFile } from 'node:fs/promises'

interface Bundler {
  readonly bundlePage: () => Promise<string>
}

/**
 * The script that draws the charts, as one piece of JavaScript. Built packages carry it as a file
 * beside this one. In a checkout it is bundled from the sources as they are, so that tests never see
 * a script that was built from other sources.
 */
export async function pageScript(): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) {
    return readFile(new URL('./report-page.js', import.meta.url), 'utf8')
  }
  bundled ??= bundle()
  return bundled
}

let bundled: Promise<string> | undefined

async function bundle(): Promise<string> {
  const script = new URL('../scripts/bundle-page.mjs', import.meta.url)
  const { bundlePage } = (await import(script.href)) as Bundler
  return bundlePage()
}
