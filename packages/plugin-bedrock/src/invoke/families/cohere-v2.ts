import { isAmount, isObject, isText, type JsonObject } from 'loadbench/plugin'
import type { Answer } from '../../answer/answer.ts'
import { usageOf, type CountNames } from '../../answer/usage.ts'

/** Cohere counts what came from a cache into its input. */
const COUNTS: CountNames = { input: 'input_tokens', output: 'output_tokens', read: '', written: '' }

/**
 * Reads an event of Cohere's chat API v2, which its later models answer in. @returns whether it is one.
 */
export function readV2Event(event: JsonObject, answer: Answer): boolean {
  const { type, index, delta } = event
  if (typeof type !== 'string') return false
  const { message, finish_reason: reason, usage } = isObject(delta) ? delta : {}
  const block = isAmount(index) ? index : 0
  if (isObject(message)) readPiece(type, message, block, answer)
  if (type === 'message-end') {
    readUsage(usage, answer)
    answer.end(isText(reason) ? reason : 'unknown')
  }
  return true
}

/** Reads an answer of the same that came in one piece. @returns whether it is one. */
export function readV2Message(
  { message, finish_reason: reason, usage }: JsonObject,
  answer: Answer,
): boolean {
  if (!isObject(message)) return false
  const { content, tool_plan: plan, tool_calls: calls } = message
  answer.reasoning(plan)
  for (const part of Array.isArray(content) ? content : []) readContent(part, answer)
  for (const [place, call] of (Array.isArray(calls) ? calls : []).entries()) readCall(call, place, answer)
  readUsage(usage, answer)
  answer.end(isText(reason) ? reason : 'unknown')
  return true
}

/** A plan which tools to use is a thought before the answer. */
function readPiece(type: string, message: JsonObject, block: number, answer: Answer): void {
  const { content, tool_plan: plan, tool_calls: call } = message
  if (type === 'content-start' || type === 'content-delta') readContent(content, answer)
  else if (type === 'tool-plan-delta') answer.reasoning(plan)
  else if (type === 'tool-call-start') readCall(call, block, answer)
  else if (type === 'tool-call-delta' && isObject(call) && isObject(call['function'])) {
    const written = call['function']['arguments']
    if (isText(written)) answer.toolInput(block, written)
  }
}

function readContent(content: unknown, answer: Answer): void {
  if (!isObject(content)) return
  answer.reasoning(content['thinking'])
  answer.text(content['text'])
}

function readCall(call: unknown, block: number, answer: Answer): void {
  if (!isObject(call) || !isObject(call['function'])) return
  const { name, arguments: written } = call['function']
  answer.tool(block, call['id'], name, isText(written) ? written : '')
}

function readUsage(usage: unknown, answer: Answer): void {
  if (!isObject(usage)) return
  const { tokens, cached_tokens: cached } = usage
  const part = isObject(tokens) ? usageOf(tokens, COUNTS) : undefined
  answer.usage(part && isAmount(cached) ? { ...part, cachedTokens: cached } : part)
}
