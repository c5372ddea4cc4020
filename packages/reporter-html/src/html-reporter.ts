import type { Reporter, ReportInput } from 'loadbench/report'
import { BAR_CSS, renderBar } from './bar.ts'
import { pageData } from './charts.ts'
import { assembleDocument } from './document.ts'
import { outcomeOf } from './outcome.ts'
import { pageScript } from './page-script.ts'
import { PANELS, TOP } from './panels.ts'
import { BASE_CSS, MEDIA_CSS, TABLE_CSS } from './style/base.ts'
import { TOKENS_CSS } from './style/tokens.ts'

const STYLE = [
  TOKENS_CSS,
  BASE_CSS,
  TABLE_CSS,
  BAR_CSS,
  ...[...TOP, ...PANELS].map((panel) => panel.style),
  MEDIA_CSS,
].join('')

/**
 * Writes a run as one HTML file that needs nothing else: no network, no other file, and for all but the
 * charts no JavaScript. Whatever the run brings (answers of a model, errors, names) is shown as text.
 */
export const htmlReporter: Reporter = {
  apiVersion: 1,
  name: 'html',
  fileName: 'report.html',
  async render(input) {
    return assembleDocument({
      title: titleOf(input),
      style: STYLE,
      body: bodyOf(input),
      data: pageData(input),
      script: await pageScript(),
    })
  },
}

function bodyOf(input: ReportInput): string {
  const sections = PANELS.map((panel) => ({ name: panel.name, html: panel.render(input) })).filter(
    ({ html }) => html !== '',
  )
  return [
    `<header class="top"><div class="top-inner">${TOP.map((panel) => panel.render(input)).join('\n')}</div></header>`,
    renderBar(input, new Set(sections.map(({ name }) => name))),
    `<main>${sections.map(({ html }) => html).join('\n')}</main>`,
  ].join('\n')
}

function titleOf({ summary: { run } }: ReportInput): string {
  return `${run.script}: ${outcomeOf(run).text.toLowerCase()} · loadbench`
}
