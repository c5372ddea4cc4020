import {
  isObject,
  LoadbenchError,
  readDataUrl,
  type Content,
  type ContentPart,
  type Message,
  type ToolCall,
} from 'loadbench/plugin'
import type { Fields } from './fields.ts'

/**
 * A message as Ollama reads it: its content is text only, and images go beside it.
 * @param conversation what it is part of: the tool it answers for is named there.
 * @throws LB_CALL_INVALID for an image or a tool call that cannot be sent.
 */
export function wireMessage(message: Message, conversation: readonly Message[]): Fields {
  const { role, content, toolCalls } = message
  return {
    // Templates know no developer, whose word is that of the system.
    role: role === 'developer' ? 'system' : role,
    content: textOf(content),
    images: imagesOf(content),
    tool_calls: toolCalls?.map(wireToolCall),
    ...(role === 'tool' ? answerOf(message, conversation) : {}),
  }
}

function textOf(content: Content): string {
  if (typeof content === 'string') return content
  return partsOf(content)
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('')
}

function imagesOf(content: Content): string[] | undefined {
  const images = partsOf(content).flatMap((part) => (part.type === 'image' ? [base64Of(part.url)] : []))
  return images.length === 0 ? undefined : images
}

/** Scripts are not checked: a turn that only calls tools may come with `null`, as OpenAI writes it. */
function partsOf(content: Content): readonly ContentPart[] {
  return Array.isArray(content) ? (content as readonly ContentPart[]) : []
}

function base64Of(url: string): string {
  const image = readDataUrl(url)
  if (image !== undefined) return image.base64
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `an image is given by the address ${JSON.stringify(url.slice(0, 100))}, and Ollama fetches none`,
    'Read the file at the top of the script and send it itself: url: `data:image/png;base64,${bytes.toString("base64")}`.',
  )
}

/** Arguments are JSON text everywhere else, and objects on this wire. */
function wireToolCall({ id, name, arguments: text }: ToolCall): Fields {
  return { id, function: { name, arguments: argumentsOf(name, text) } }
}

function argumentsOf(name: string, text: string): unknown {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Told below, with what is no object.
  }
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `the arguments of the tool call ${JSON.stringify(name)} are no JSON object, and Ollama takes nothing else`,
    'Pass on what came as result.toolCalls, or write JSON.stringify({ … }).',
  )
}

/** Older servers know a tool's answer by the tool's name, newer ones by the call's id as well. */
function answerOf({ name, toolCallId }: Message, conversation: readonly Message[]): Fields {
  const calls = conversation.flatMap(({ toolCalls = [] }) => toolCalls)
  const called = calls.find(({ id }) => id === toolCallId && id !== '')
  return { tool_name: name ?? called?.name, tool_call_id: toolCallId }
}
