import type { CompletionSettings } from 'loadbench/plugin'
import type { Fields } from './fields.ts'

/** What only completions have. */
export function completionFields(call: CompletionSettings): Fields {
  return { prompt: call.prompt }
}
