import { isObject, isText, type JsonObject } from 'loadbench/plugin'
import type { Answer } from '../answer/answer.ts'
import { inputText, readAccounts } from './event.ts'

/**
 * Reads an answer of Converse, or of Nova by InvokeModel, that came in one piece.
 * @returns whether it is one.
 */
export function readBody(body: JsonObject, answer: Answer): boolean {
  const { output, stopReason } = body
  const message = isObject(output) ? output['message'] : undefined
  if (!isObject(message) || !Array.isArray(message['content'])) return false
  for (const [place, block] of message['content'].entries()) {
    if (!isObject(block)) continue
    const { text, toolUse, reasoningContent: thought } = block
    answer.text(text)
    if (isObject(thought) && isObject(thought['reasoningText'])) {
      answer.reasoning(thought['reasoningText']['text'])
    }
    if (isObject(toolUse)) {
      answer.tool(place, toolUse['toolUseId'], toolUse['name'], inputText(toolUse['input']))
    }
  }
  readAccounts(body, answer)
  answer.end(isText(stopReason) ? stopReason : 'unknown')
  return true
}
