import type { ReportInput } from 'loadbench/report'
import { choicesOf, type PartChoice } from './part.ts'
import { compile, escapeHtml } from './template.ts'

/** One part of the page, made from a run. Where it has nothing to show it is not there. */
export interface Panel {
  readonly name: string
  readonly style: string
  /** HTML, or `''` where there is nothing to show. */
  render(input: ReportInput): string
}

interface PanelDefinition<View extends object> {
  /** Unique; the id of its section. */
  readonly name: string
  /** Handlebars. Every value in it is escaped; a name the view does not have is an error. */
  readonly template: string
  /** CSS of this panel alone, from the tokens. */
  readonly style?: string
  /** What the template shows, ready to print; `undefined` leaves the panel out. */
  view(input: ReportInput): View | undefined
}

/** Makes a panel from its template, its style and the view that fills it. */
export function definePanel<View extends object>(definition: PanelDefinition<View>): Panel {
  const template = compile(definition.template)
  return {
    name: definition.name,
    style: definition.style ?? '',
    render(input) {
      const view = definition.view(input)
      return view === undefined ? '' : template(view)
    },
  }
}

interface PartPanelDefinition<View extends object> {
  readonly name: string
  /** Its heading; `''` where the figures speak for themselves. */
  readonly title: string
  /** Handlebars for one part. */
  readonly template: string
  readonly style?: string
  /** What is shown of one part; `undefined` where it has nothing of this. */
  view(input: ReportInput, part: PartChoice): View | undefined
}

/**
 * Makes a panel that is there once for each part a reader may choose. Only the whole run is visible at
 * first, and stays so without JavaScript.
 */
export function definePartPanel<View extends object>(definition: PartPanelDefinition<View>): Panel {
  const template = compile(definition.template)
  const { name, title } = definition
  return {
    name,
    style: definition.style ?? '',
    render(input) {
      const choices = choicesOf(input)
      const views = choices.map((part) => definition.view(input, part))
      if (views.every((view) => view === undefined)) return ''
      const bodies = views.map((view, index) => {
        const body = view === undefined ? NOTHING : template(view)
        return `<div data-part="${index}"${index === 0 ? '' : ' hidden'}>${body}</div>`
      })
      const heading = title === '' ? '' : `<h2 id="${name}-title">${escapeHtml(title)}</h2>`
      const label = title === '' ? `aria-label="Key figures"` : `aria-labelledby="${name}-title"`
      return `<section class="panel" id="${name}" ${label}>${heading}${bodies.join('')}</section>`
    },
  }
}

const NOTHING = '<p class="note">Nothing of this was measured in this part.</p>'
