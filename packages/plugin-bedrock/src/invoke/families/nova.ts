import { isObject } from 'loadbench/plugin'
import { readBody } from '../../converse/body.ts'
import { readEvent } from '../../converse/event.ts'
import { wireConversation } from '../../converse/messages.ts'
import { wireTools } from '../../converse/tools.ts'
import { conversationOf } from '../../turns/turns.ts'
import type { TextFamily } from '../family.ts'

/** Amazon Nova: Converse's form, its events wrapped as `{contentBlockDelta: {…}}`. */
export const nova: TextFamily = {
  body: (call, { maxTokens, temperature, topP, stop }) => ({
    schemaVersion: 'messages-v1',
    ...wireConversation(conversationOf(call)),
    inferenceConfig: { maxTokens, temperature, topP, stopSequences: stop },
    toolConfig: call.kind === 'chat' ? wireTools(call) : undefined,
  }),
  chunk(chunk, answer) {
    for (const name in chunk) {
      const event = chunk[name]
      if (isObject(event)) readEvent(name, event, answer)
    }
  },
  whole: readBody,
}
