// Compiles the templates of the built report into dist/templates.js, so that a report needs Handlebars' runtime alone.
import { rm, writeFile } from 'node:fs/promises'
import Handlebars from 'handlebars'

const file = new URL('../dist/templates.js', import.meta.url)
// Without it the report asks for the compiler; and loading it is asking for every template.
await rm(file, { force: true })
await import('../dist/index.js')
const { asked } = await import('../dist/precompiled.js')
const entries = [...asked.texts].map((text) => {
  /** @type {unknown} what it gives is the text of an object, whatever its types say */
  const code = Handlebars.precompile(text, asked.OPTIONS)
  if (typeof code !== 'string') throw new TypeError('Handlebars gives no text')
  return `${JSON.stringify(text)}: ${code}`
})
await writeFile(file, `export const templates = {\n${entries.join(',\n')}\n}\n`)
