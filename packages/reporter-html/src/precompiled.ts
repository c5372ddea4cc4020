import { createRequire } from 'node:module'
import type Handlebars from 'handlebars'

type Library = Pick<typeof Handlebars, 'create' | 'escapeExpression'>

/** Templates as a build left them: of each text the code it stands for. */
interface Built {
  readonly templates: Readonly<Record<string, TemplateSpecification>>
}

const BUILT = new URL('./templates.js', import.meta.url)
const OPTIONS = { strict: true, knownHelpersOnly: true } as const

const built = await templatesOfBuild()
/** Its compiler is two thirds of what a report would cost: a build has done that work already. */
const library = createRequire(import.meta.url)(
  built === undefined ? 'handlebars' : 'handlebars/runtime',
) as Library
const instance = library.create()
const texts = new Set<string>()

/** `undefined` in a checkout, whose sources may have changed since the last build. */
async function templatesOfBuild(): Promise<Built['templates'] | undefined> {
  if (import.meta.url.endsWith('.ts')) return undefined
  try {
    return ((await import(BUILT.href)) as Built).templates
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** A template as a function. @throws where it is not among those of the build. */
export function templateOf(text: string): Handlebars.TemplateDelegate<object> {
  texts.add(text)
  if (built === undefined) return instance.compile(text, OPTIONS)
  const specification = built[text]
  if (specification === undefined) throw new Error(`a template is not in the build: ${text}`)
  return instance.template(specification)
}

/** `{{> name}}` of every template. */
export function registerPartial(name: string, text: string): void {
  instance.registerPartial(name, templateOf(text))
}

/** Text as HTML text. */
export const { escapeExpression } = library

/** For the build: every template asked for so far, and how it is compiled. */
export const asked = { texts, OPTIONS }
