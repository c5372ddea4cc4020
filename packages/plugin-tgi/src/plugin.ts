import { openaiPlugin } from '@loadbench/plugin-openai'
import { LoadbenchError, type Decoder, type ProviderPlugin, type ResponseHead } from 'loadbench/plugin'
import { openaiTarget } from './address.ts'
import { inTgiWords } from './decode/dialect.ts'
import { readEvent } from './decode/stream.ts'
import { wholeDecoder } from './decode/whole.ts'
import { authorization, keyOf } from './encode/authorization.ts'
import { messagesCall } from './encode/chat.ts'
import { generateRequest } from './encode/generate.ts'
import { tgiProbe } from './probe.ts'
import type { TgiSettings } from './settings.ts'

/**
 * The codec of Text Generation Inference: completions by its own protocol, chats by the Messages API,
 * which is OpenAI's. Bodies and answers are the same behind SageMaker's `/invocations`.
 */
export function tgiPlugin(settings: TgiSettings = {}): ProviderPlugin {
  const { extra = {} } = settings
  const apiKey = keyOf(settings)
  const headers = authorization(apiKey)
  const openai = openaiPlugin({ apiKey, extra })
  const decoderOf = (head: ResponseHead): Decoder =>
    openai.framing(head) === 'whole' ? wholeDecoder(head) : readEvent
  return {
    apiVersion: 1,
    name: 'tgi',
    targetVariables: ['TGI_BASE_URL'],
    encode(call, target) {
      if (call.kind === 'completion') return generateRequest(call, target, settings, headers)
      if (call.kind === 'chat') return openai.encode(messagesCall(call, settings), openaiTarget(target))
      throw noEmbeddings()
    },
    framing: (head) => openai.framing(head),
    decoder(head, call) {
      if (call.kind === 'chat') return inTgiWords(openai.decoder(head, messagesCall(call, settings)), head)
      // The bodies of HTTP errors are of many kinds, and not all of them are TGI's.
      return head.status < 300 ? decoderOf(head) : inTgiWords(openai.decoder(head, call), head)
    },
    probe: tgiProbe(apiKey),
  }
}

function noEmbeddings(): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    'Text Generation Inference gives no embeddings',
    'Text Embeddings Inference does, by the OpenAI protocol: ask it with @loadbench/plugin-openai.',
  )
}
