import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call, ResponseHead } from 'loadbench/plugin'

export const EVENT_STREAM = { 'content-type': 'application/vnd.amazon.eventstream' }
export const JSON_BODY = { 'content-type': 'application/json' }
export const STREAM: ResponseHead = { status: 200, headers: EVENT_STREAM }
export const WHOLE: ResponseHead = { status: 200, headers: JSON_BODY }

export const chatWith = (model: string): Call => ({
  kind: 'chat',
  model,
  messages: [{ role: 'user', content: 'Say this is a test' }],
})
export const completionWith = (model: string): Call => ({ kind: 'completion', model, prompt: 'Say this' })

/** The body of a recorded answer, see README.md here. */
export function recorded(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, name))
}
