import type { ChatSettings, Content, ContentPart, Message } from 'loadbench/plugin'
import type { Fields } from './fields.ts'
import { messagesOf } from './messages.ts'

/**
 * Messages as input items of the Responses API: tool calls and their results are items of their own there.
 * @throws LB_CALL_INVALID where there are no messages.
 */
export function inputItems(call: ChatSettings): readonly Fields[] {
  return messagesOf(call).flatMap(itemsOf)
}

function itemsOf({ role, content, toolCalls = [], toolCallId }: Message): Fields[] {
  if (role === 'tool') {
    return [{ type: 'function_call_output', call_id: toolCallId, output: wireContent(content, 'input_text') }]
  }
  const calls = toolCalls.map(({ id, name, arguments: written }) => ({
    type: 'function_call',
    call_id: id,
    name,
    arguments: written,
  }))
  // A turn that only calls tools says nothing; its content is `null` where it was written for chat completions.
  if (calls.length > 0 && (content === null || content.length === 0)) return calls
  const kind = role === 'assistant' ? 'output_text' : 'input_text'
  return [{ role, content: wireContent(content, kind) }, ...calls]
}

/** Anything but text and images is OpenAI's own form already. */
function wireContent(content: Content, kind: 'input_text' | 'output_text'): unknown {
  if (!Array.isArray(content)) return content
  return content.map((part: ContentPart) => {
    if (part.type === 'text') return { type: kind, text: part.text }
    // `detail` has a default at OpenAI, but vLLM asks for it.
    return part.type === 'image' ? { type: 'input_image', image_url: part.url, detail: 'auto' } : part
  })
}
