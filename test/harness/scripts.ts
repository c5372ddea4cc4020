/** Settings of a simulator that answers at once, with four tokens. */
export const QUICK = '{"ttft":5,"itl":1,"outputTokens":4}'

/** The start of a script: what tests of the command line use all the time. */
export const IMPORTS = `
import { check, Counter, exec, Gauge, group, randomItem, Rate, SharedArray, sleep, Trend } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
const llm = openai({ model: 'sim-8b' })
const ask = () => llm.chat({ messages: [{ role: 'user', content: 'Hello' }] })
`

/** A script with the imports, options and further code. Without a function of its own, an iteration makes one call. */
export function script(options: object, code = 'export default async function () { await ask() }'): string {
  return `${IMPORTS}\nexport const options = ${JSON.stringify(options)}\n${code}\n`
}
