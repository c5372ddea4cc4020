import { isText } from 'loadbench/plugin'
import { conversationOf, textOf } from '../../turns/turns.ts'
import type { TextFamily } from '../family.ts'
import { refuseImages } from '../prompt.ts'
import { readV2Event, readV2Message } from './cohere-v2.ts'

/** Cohere Command R and R+: the last message apart from those before it. Tools are left out. */
export const commandR: TextFamily = {
  body(call, { maxTokens, temperature, topP, stop }) {
    const { system, turns } = conversationOf(call)
    refuseImages(turns, 'command-r')
    const history = turns.map(({ role, blocks }) => ({
      role: role === 'user' ? 'USER' : 'CHATBOT',
      message: textOf(blocks),
    }))
    const last = history.pop()
    return {
      message: last?.message ?? '',
      chat_history: history.length === 0 ? undefined : history,
      preamble: system.length === 0 ? undefined : system.join('\n\n'),
      max_tokens: maxTokens,
      temperature,
      p: topP,
      stop_sequences: stop,
    }
  },
  chunk(chunk, answer) {
    const { event_type: type, text, is_finished: finished, finish_reason: reason } = chunk
    if (readV2Event(chunk, answer)) return
    // The last event repeats the whole text inside its `response`.
    if (type !== 'stream-end') answer.text(text)
    if (type === 'stream-end' || finished === true) answer.end(isText(reason) ? reason : 'unknown')
  },
  whole(body, answer) {
    if (readV2Message(body, answer)) return true
    const { text, finish_reason: reason } = body
    if (typeof text !== 'string') return false
    answer.text(text)
    answer.end(isText(reason) ? reason : 'unknown')
    return true
  },
}
