import { LoadbenchError, type ChatSettings, type Message } from 'loadbench/plugin'

/**
 * The messages of a call.
 * @throws LB_CALL_INVALID where there are none: scripts are stripped of their types, not checked.
 */
export function messagesOf({ messages }: ChatSettings): readonly Message[] {
  if (Array.isArray(messages)) return messages
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    'a chat call has no `messages`',
    "Give it some: chat({ messages: [{ role: 'user', content: 'Why is the sky blue?' }] }).",
  )
}
