import {
  LoadbenchError,
  readDataUrl,
  type Content,
  type DataUrl,
  type GenerationCall,
  type Message,
} from 'loadbench/plugin'
import { parseArguments } from './arguments.ts'

/** A piece of a turn, before it takes the form of an API. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly image: DataUrl }
  | { readonly type: 'tool-use'; readonly id: string; readonly name: string; readonly input: unknown }
  | { readonly type: 'tool-result'; readonly id: string; readonly content: readonly Block[] }

export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly blocks: readonly Block[]
}

/** A call's messages as Bedrock's models take them: instructions apart, then turns that alternate. */
export interface Conversation {
  readonly system: readonly string[]
  readonly turns: readonly Turn[]
}

/**
 * The conversation of a call; a prompt is one turn of the user. Messages of one side that follow each other
 * become one turn: the models want turns to alternate, and all results of parallel tool calls in one.
 * @throws LB_CALL_INVALID where there are no messages, or what is in them cannot be sent.
 */
export function conversationOf(call: GenerationCall): Conversation {
  if (call.kind === 'completion') {
    return { system: [], turns: [{ role: 'user', blocks: [{ type: 'text', text: call.prompt }] }] }
  }
  // Scripts are stripped of their types, not checked.
  if (!Array.isArray(call.messages)) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      'a chat call has no `messages`',
      "Give it some: chat({ messages: [{ role: 'user', content: 'Why is the sky blue?' }] }).",
    )
  }
  const system: string[] = []
  const turns: { role: Turn['role']; blocks: Block[] }[] = []
  for (const message of call.messages as readonly Message[]) {
    if (message.role === 'system' || message.role === 'developer') {
      system.push(textOf(blocksOf(message.content)))
      continue
    }
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    const blocks = blocksOfMessage(message)
    if (last?.role === role) last.blocks.push(...blocks)
    else turns.push({ role, blocks })
  }
  return { system, turns: turns.map(({ role, blocks }) => ({ role, blocks: withoutBlanks(blocks) })) }
}

/** The text of blocks, one after the other, that of tool results included. */
export function textOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'tool-result') return textOf(block.content)
      return block.type === 'text' ? block.text : ''
    })
    .join('')
}

function blocksOfMessage(message: Message): Block[] {
  const content = blocksOf(message.content)
  if (message.role === 'tool') return [{ type: 'tool-result', id: message.toolCallId ?? '', content }]
  const calls = message.toolCalls ?? []
  return [
    ...content,
    ...calls.map((call): Block => ({
      type: 'tool-use',
      id: call.id,
      name: call.name,
      input: parseArguments(call),
    })),
  ]
}

function blocksOf(content: Content): Block[] {
  // An assistant that only called tools may have null where its text would be.
  if (!Array.isArray(content)) return [{ type: 'text', text: typeof content === 'string' ? content : '' }]
  return content.map((part: Exclude<Content, string>[number]): Block => {
    return part.type === 'image' ? { type: 'image', image: imageOf(part.url) } : part
  })
}

/** Bedrock refuses empty text, and an assistant that only called tools has some. */
function withoutBlanks(blocks: readonly Block[]): readonly Block[] {
  const filled = blocks.filter((block) => block.type !== 'text' || block.text !== '')
  return filled.length === 0 ? blocks.slice(0, 1) : filled
}

function imageOf(url: string): DataUrl {
  const image = readDataUrl(url)
  if (image !== undefined) return image
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `the image ${url.slice(0, 60)} is an address, and Bedrock fetches none`,
    'Give the image itself: `data:image/png;base64,…`.',
  )
}
