import type { ChatSettings, Content, ContentPart, Message, Tool } from 'loadbench/plugin'
import type { Fields } from './fields.ts'
import { messagesOf } from './messages.ts'

/**
 * Adds what only chat completions have.
 * @throws LB_CALL_INVALID where there are no messages.
 */
export function addChatFields(fields: Fields, call: ChatSettings): void {
  fields['messages'] = messagesOf(call).map(wireMessage)
  fields['tools'] = call.tools?.map(wireTool)
  fields['tool_choice'] = wireToolChoice(call.toolChoice)
}

function wireMessage(message: Message): Fields {
  return {
    role: message.role,
    content: wireContent(message.content),
    name: message.name,
    tool_calls: message.toolCalls?.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
    tool_call_id: message.toolCallId,
  }
}

/** Anything but an image is OpenAI's own form already. */
function wireContent(content: Content): unknown {
  if (!Array.isArray(content)) return content
  return content.map((part: ContentPart) =>
    part.type === 'image' ? { type: 'image_url', image_url: { url: part.url } } : part,
  )
}

function wireTool({ name, description, parameters }: Tool): Fields {
  return { type: 'function', function: { name, description, parameters } }
}

function wireToolChoice(choice: ChatSettings['toolChoice']): unknown {
  if (typeof choice !== 'object') return choice
  return { type: 'function', function: { name: choice.name } }
}
