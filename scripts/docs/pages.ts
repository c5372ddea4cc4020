import { cliPage } from './cli-page.ts'
import { drawings } from './drawings.ts'
import { metricsPage } from './metrics-page.ts'
import { optionsPage } from './options-page.ts'
import { scriptApiPage } from './script-api-page.ts'

/** Everything below docs/ that is made from the code: text by path. */
export function generatedPages(): ReadonlyMap<string, string> {
  const pages = new Map([
    ['reference/options.md', optionsPage()],
    ['reference/cli.md', cliPage()],
    ['reference/metrics.md', metricsPage()],
    ['reference/script-api.md', scriptApiPage()],
    ...drawings(),
  ])
  return new Map(Array.from(pages, ([path, text]) => [path, `${text.trimEnd()}\n`]))
}
