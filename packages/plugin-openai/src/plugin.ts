import type { ProviderPlugin } from 'loadbench/plugin'
import { readChatChoice } from './decode/chat.ts'
import { readCompletionChoice } from './decode/completion.ts'
import { choicesDecoder, errorDecoder, type ChoiceReader } from './decode/decoder.ts'
import { framingOf } from './decode/framing.ts'
import { choicesAsked } from './encode/choices.ts'
import { clientHeaders } from './encode/headers.ts'
import { encodeCall } from './encode/request.ts'
import type { OpenAISettings } from './settings.ts'

const READERS: Readonly<Record<'chat' | 'completion', ChoiceReader>> = {
  chat: readChatChoice,
  completion: readCompletionChoice,
}

/** The codec of OpenAI-compatible servers: what `openai(settings)` binds to a target. */
export function openaiPlugin(settings: OpenAISettings = {}): ProviderPlugin {
  const headers = clientHeaders(settings)
  return {
    apiVersion: 1,
    name: 'openai',
    targetVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    encode: (call, target) => encodeCall(call, target, settings, headers),
    framing: framingOf,
    decoder: (head, call) =>
      head.status < 300
        ? choicesDecoder(head, READERS[call.kind], choicesAsked(call, settings))
        : errorDecoder(head),
  }
}
