import type { ReportInput } from 'loadbench/report'
import { compile } from './template.ts'

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
