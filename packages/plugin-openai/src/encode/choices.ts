import type { GenerationCall } from 'loadbench/plugin'
import type { RequestSettings } from '../settings.ts'
import { extraFields } from './fields.ts'

/** How many choices a call asks for: `n` for each of its prompts. */
export function choicesAsked(call: GenerationCall, settings: RequestSettings): number {
  const { n = call.n, prompt } = extraFields(call, settings)
  const perPrompt = typeof n === 'number' && Number.isSafeInteger(n) && n > 1 ? n : 1
  return call.kind === 'completion' ? perPrompt * promptsIn(prompt) : perPrompt
}

/** A prompt that came through `extra` may be a list of texts or of token lists, each answered by itself. */
function promptsIn(prompt: unknown): number {
  if (!Array.isArray(prompt) || prompt.length === 0 || typeof prompt[0] === 'number') return 1
  return prompt.length
}
