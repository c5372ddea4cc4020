import type { Block, Conversation } from '../turns/turns.ts'
import type { Fields } from '../turns/fields.ts'

/** `system` and `messages` as Converse and Nova take them. */
export function wireConversation({ system, turns }: Conversation): Fields {
  return {
    system: system.length === 0 ? undefined : system.map((text) => ({ text })),
    messages: turns.map(({ role, blocks }) => ({ role, content: blocks.map(wireBlock) })),
  }
}

function wireBlock(block: Block): Fields {
  switch (block.type) {
    case 'text':
      return { text: block.text }
    case 'image':
      return { image: { format: formatOf(block.image.mediaType), source: { bytes: block.image.base64 } } }
    case 'tool-use':
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } }
    case 'tool-result':
      return { toolResult: { toolUseId: block.id, content: block.content.map(wireBlock) } }
  }
}

/** `png`, `jpeg`, `gif`, `webp`. */
function formatOf(mediaType: string): string {
  const format = mediaType.slice(mediaType.indexOf('/') + 1).toLowerCase()
  return format === 'jpg' ? 'jpeg' : format
}
