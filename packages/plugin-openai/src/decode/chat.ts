import { isAmount, isObject, isText, jsonText, type JsonObject } from 'loadbench/plugin'
import type { Answer, ToolPiece } from './answer.ts'

/**
 * Reads one element of `choices` of a chat completion: `delta` in a chunk, `message` in an answer that
 * came in one piece; both hold the same fields.
 */
export function readChatChoice(choice: JsonObject, answer: Answer, index: number): void {
  const delta = choice['delta'] ?? choice['message']
  if (!isObject(delta)) return
  const tokens = tokensOf(choice, delta)
  if (tokens !== undefined) answer.count(tokens)
  readReasoning(delta, answer)
  const content = delta['content']
  if (isText(content)) answer.text(content)
  else if (Array.isArray(content)) readContentParts(content, answer)
  const refusal = delta['refusal']
  if (isText(refusal)) answer.text(refusal)
  readToolCalls(delta, answer, index)
  answer.settle()
}

/** `reasoning_content` (DeepSeek, SGLang, older vLLM) or `reasoning` (Groq, vLLM); some send the same under both. */
function readReasoning(delta: JsonObject, answer: Answer): void {
  const older = delta['reasoning_content']
  const newer = delta['reasoning']
  if (isText(older)) answer.reasoning(older)
  if (isText(newer) && newer !== older) answer.reasoning(newer)
}

/** Mistral: `[{type:'thinking', thinking:[{type:'text', text}]}, {type:'text', text}]`. */
function readContentParts(parts: readonly unknown[], answer: Answer): void {
  for (const part of parts) {
    if (!isObject(part)) continue
    const { text, thinking } = part
    if (isText(text)) answer.text(text)
    if (isText(thinking)) answer.reasoning(thinking)
    if (!Array.isArray(thinking)) continue
    for (const thought of thinking) {
      if (isObject(thought) && isText(thought['text'])) answer.reasoning(thought['text'])
    }
  }
}

function readToolCalls(delta: JsonObject, answer: Answer, choice: number): void {
  const { tool_calls: calls, function_call: called } = delta
  if (Array.isArray(calls)) {
    for (const call of calls) {
      if (isObject(call))
        answer.tool(choice, pieceOf(call['function'], placeOf(call['index']), textOf(call['id'])))
    }
  }
  // Before there were tools there was one function.
  if (isObject(called)) answer.tool(choice, pieceOf(called, 0, undefined))
}

function pieceOf(called: unknown, place: number | undefined, id: string | undefined): ToolPiece {
  const { name, arguments: written } = isObject(called) ? called : {}
  return { place, id, name: textOf(name), arguments: argumentsOf(written) }
}

/** JSON text by the protocol; some servers send what it would parse to. */
function argumentsOf(written: unknown): string {
  if (typeof written === 'string') return written
  return isObject(written) ? jsonText(written) : ''
}

function placeOf(index: unknown): number | undefined {
  return isAmount(index) && Number.isSafeInteger(index) ? index : undefined
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined
}

/** Exact tokens of this piece: vLLM's `return_token_ids`, or one entry per token in `logprobs`. */
function tokensOf(choice: JsonObject, delta: JsonObject): number | undefined {
  const ids = choice['token_ids'] ?? delta['token_ids']
  if (Array.isArray(ids)) return ids.length
  const logprobs = choice['logprobs']
  if (!isObject(logprobs)) return undefined
  const { content, refusal } = logprobs
  if (Array.isArray(content)) return content.length + (Array.isArray(refusal) ? refusal.length : 0)
  return Array.isArray(refusal) ? refusal.length : undefined
}
