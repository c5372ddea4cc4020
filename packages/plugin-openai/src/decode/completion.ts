import { isObject, isText, type JsonObject } from 'loadbench/plugin'
import type { Answer } from './answer.ts'

/**
 * Reads one element of `choices` of a completion, chunk or whole: both have the same shape.
 * @param echoed the prompt is repeated before the answer, and its tokens stand among those of the choice.
 */
export function readCompletionChoice(choice: JsonObject, answer: Answer, echoed: boolean): void {
  const tokens = echoed ? undefined : tokensOf(choice)
  if (tokens !== undefined) answer.count(tokens)
  const { text } = choice
  if (isText(text)) answer.text(text)
  answer.settle()
}

/** Exact tokens of this piece: vLLM's `return_token_ids`, or one entry per token in `logprobs`. */
function tokensOf(choice: JsonObject): number | undefined {
  const ids = choice['token_ids']
  if (Array.isArray(ids)) return ids.length
  const logprobs = choice['logprobs']
  if (!isObject(logprobs)) return undefined
  const { tokens } = logprobs
  return Array.isArray(tokens) ? tokens.length : undefined
}
