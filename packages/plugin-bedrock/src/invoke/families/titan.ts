import { isObject, isText } from 'loadbench/plugin'
import { usageOf, type CountNames } from '../../answer/usage.ts'
import type { TextFamily } from '../family.ts'
import { promptOf } from '../prompt.ts'

const COUNTS: CountNames = {
  input: 'inputTextTokenCount',
  output: 'totalOutputTextTokenCount',
  read: '',
  written: '',
}

/** Amazon Titan Text: one prompt, often answered in one chunk. */
export const titan: TextFamily = {
  body: (call, { maxTokens, temperature, topP, stop }) => ({
    inputText: promptOf(call, 'titan'),
    textGenerationConfig: { maxTokenCount: maxTokens, temperature, topP, stopSequences: stop },
  }),
  chunk(chunk, answer) {
    const { outputText, completionReason } = chunk
    answer.text(outputText)
    answer.usage(usageOf(chunk, COUNTS))
    if (isText(completionReason)) answer.end(completionReason)
  },
  whole(body, answer) {
    const { results, inputTextTokenCount: input } = body
    const result: unknown = Array.isArray(results) ? results[0] : undefined
    if (!isObject(result)) return false
    const { outputText, completionReason, tokenCount } = result
    answer.text(outputText)
    answer.usage(usageOf({ [COUNTS.input]: input, [COUNTS.output]: tokenCount }, COUNTS))
    answer.end(isText(completionReason) ? completionReason : 'unknown')
    return true
  },
}
