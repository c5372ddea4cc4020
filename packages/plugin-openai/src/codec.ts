import type { Call, Decoder, ProviderPlugin, ResponseHead, TextPattern } from 'loadbench/plugin'
import { readChatChoice } from './decode/chat.ts'
import { choicesDecoder, type ChoiceReader } from './decode/choices.ts'
import { readCompletionChoice } from './decode/completion.ts'
import { embeddingDecoder } from './decode/embedding.ts'
import { framingOf } from './decode/framing.ts'
import { errorDecoder } from './decode/object-decoder.ts'
import { responsesDecoder } from './decode/responses.ts'
import { choicesAsked } from './encode/choices.ts'
import { vectorsAsked } from './encode/embedding.ts'
import { extraFields } from './encode/fields.ts'
import { encodeCall, encodeResponse } from './encode/request.ts'
import type { Host } from './host.ts'
import type { RequestSettings } from './settings.ts'

/** Chat completions, completions and embeddings at a host. */
export function callsCodec(host: Host): ProviderPlugin {
  return {
    ...commonOf(host),
    encode: (call, target) => encodeCall(call, target, host),
    decoder: (head, call, expect) =>
      head.status < 300 ? answerDecoder(head, call, host.settings, expect) : errorDecoder(head),
  }
}

/** The Responses API at a host: the same messages, another route. Takes calls of kind `chat`. */
export function responsesCodec(host: Host): ProviderPlugin {
  return {
    ...commonOf(host),
    encode: (call, target) => encodeResponse(call, target, host),
    decoder: (head) => (head.status < 300 ? responsesDecoder(head) : errorDecoder(head)),
  }
}

function commonOf(host: Host): Omit<ProviderPlugin, 'encode' | 'decoder'> {
  const { name, targetVariables, probe, sign } = host
  return {
    apiVersion: 1,
    name,
    targetVariables,
    framing: framingOf,
    probe,
    ...(sign === undefined ? {} : { sign }),
  }
}

function answerDecoder(
  head: ResponseHead,
  call: Call,
  settings: RequestSettings,
  expect: (pattern: TextPattern) => void = () => undefined,
): Decoder {
  if (call.kind === 'embedding') return embeddingDecoder(head, vectorsAsked(call, settings))
  return choicesDecoder(head, readerOf(call, settings), choicesAsked(call, settings), expect)
}

function readerOf(call: Call, settings: RequestSettings): ChoiceReader {
  if (call.kind === 'chat') return readChatChoice
  const echoed = extraFields(call, settings)['echo'] === true
  return (choice, answer) => readCompletionChoice(choice, answer, echoed)
}
