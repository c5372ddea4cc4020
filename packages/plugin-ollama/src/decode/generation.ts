import { isObject, isText, jsonText, type Decoder, type JsonObject, type Part } from 'loadbench/plugin'
import { accountsOf } from './accounts.ts'
import { lineDecoder, NOTHING } from './line.ts'

/**
 * The decoder of `/api/chat` and `/api/generate`, streamed or in one piece; the latter is a single line
 * that holds everything. Both routes name the same things: chat inside `message`, generate beside it.
 */
export function generationDecoder(): Decoder {
  let calls = 0
  return lineDecoder((line) => {
    const { message, done } = line
    const said = isObject(message) ? message : line
    const parts: Part[] = []
    const { thinking, tool_calls: toolCalls } = said
    if (isText(thinking)) parts.push({ type: 'reasoning-delta', text: thinking })
    const text = said['content'] ?? said['response']
    if (isText(text)) parts.push({ type: 'text-delta', text })
    if (Array.isArray(toolCalls)) {
      for (const call of toolCalls) {
        // Each comes whole; what the server says of their order differs between its versions.
        if (isObject(call)) parts.push(toolDelta(call, calls++))
      }
    }
    if (done === true) parts.push(...accountsOf(line), finishOf(line))
    return parts.length === 0 ? NOTHING : parts
  })
}

function toolDelta(call: JsonObject, index: number): Part {
  const { id, function: called } = call
  const { name, arguments: given } = isObject(called) ? called : {}
  return {
    type: 'tool-delta',
    index,
    ...(isText(id) ? { id } : {}),
    ...(isText(name) ? { name } : {}),
    // Objects on this wire; gateways that speak it may pass on another provider's text.
    arguments: isObject(given) ? jsonText(given) : isText(given) ? given : '',
  }
}

/** `done: true` is the terminal mark. Servers before 0.1.33 give no reason beside it. */
function finishOf({ done_reason: reason }: JsonObject): Part {
  return { type: 'finish', reason: isText(reason) ? reason : 'unknown' }
}
