import { escapeExpression, registerPartial, templateOf } from './precompiled.ts'

/** How a verdict is shown: by colour, by the shape of its mark and by a word beside it. */
export type Tone = 'pass' | 'warn' | 'fail' | 'none'

const PARTIALS = {
  /** A `Quantity`, in few bytes: there are thousands of them on a page with parts. */
  quantity: '{{text}}{{#if unit}}<i>{{unit}}</i>{{/if}}',
  /** A `Tone`, as a shape in the colour of the text around it. */
  mark: '<svg class="mark" viewBox="0 0 16 16" aria-hidden="true"><use href="#mark-{{this}}"/></svg>',
  /** A box for a drawing with its title, its keys and its export. The page's script fills it. */
  figure: `<figure data-chart="{{id}}">
<figcaption><h3><span class="figure-title">{{title}}</span>{{> scope}}</h3><ul class="keys"></ul><details class="export screen-only" hidden><summary aria-label="Save {{title}}">Save</summary><div class="export-menu"><button type="button" data-save="png">Picture, PNG</button><button type="button" data-save="svg">Picture, SVG</button><button type="button" data-save="csv">Numbers, CSV</button></div></details></figcaption>
<div class="chart" role="img" aria-label="{{title}}"></div>
</figure>`,
  /** Beside what stays as it is whatever part is chosen. */
  scope: '<span class="scope">whole run</span>',
  /** In place of drawings that have nothing of the chosen part; the page's script names them. */
  undrawn: '<p class="note undrawn" hidden></p>',
  /** In place of the rows of a table when none belongs to the part. */
  none: '<p class="note none-of-part" hidden>None of these belongs to this part.</p>',
}

/** Each tone has its own outline and its own sign in it, so that none is told by colour alone. */
const SHAPES: Readonly<Record<Tone, readonly [outline: string, sign: string]>> = {
  pass: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0z', 'M4.5 8.3l2.4 2.4 4.6-5'],
  warn: ['M8 .5l8 15H0z', 'M8 6v4M8 12.6v.1'],
  fail: ['M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z', 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
  none: ['M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0z', 'M5 8h6'],
}

/** The shapes of the marks, once per document; `{{> mark}}` refers to them. */
export const MARK_SYMBOLS = `<svg class="symbols" aria-hidden="true">${Object.entries(SHAPES)
  .map(
    ([tone, [outline, sign]]) =>
      `<symbol id="mark-${tone}" viewBox="0 0 16 16"><path d="${outline}"/><path class="mark-sign" d="${sign}"/></symbol>`,
  )
  .join('')}</svg>`

for (const [name, text] of Object.entries(PARTIALS)) registerPartial(name, withoutIndent(text))

/**
 * Compiles a template. Raw output (three braces, or an ampersand after two) is refused: what a run
 * brings may hold anything, and nothing of it may become markup.
 * @throws Error on raw output
 */
export function compile(template: string): (view: object) => string {
  if (/\{\{~?(\{|&)/.test(template)) throw new Error('A template of the report must not write unescaped text')
  const render = templateOf(withoutIndent(template))
  return (view) => render(view)
}

/** Lines of a template are there for its reader; in a page with parts they would be a tenth of the file. */
function withoutIndent(template: string): string {
  return template.replaceAll(/\n\s*/g, '')
}

/** Text as HTML text. */
export function escapeHtml(text: string): string {
  return escapeExpression(text)
}
