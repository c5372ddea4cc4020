import type { ProviderPlugin } from 'loadbench/plugin'
import { embeddingDecoder } from './decode/embedding.ts'
import { errorDecoder } from './decode/error.ts'
import { framingOf } from './decode/framing.ts'
import { generationDecoder } from './decode/generation.ts'
import { clientHeaders } from './encode/headers.ts'
import { encodeCall } from './encode/request.ts'
import { readHost } from './host.ts'
import { probe } from './probe/probe.ts'
import type { OllamaSettings } from './settings.ts'
import { warmUpRequests } from './warm-up.ts'

/** The codec of Ollama's native protocol: what `ollama(settings)` binds to a target. */
export function ollamaPlugin(settings: OllamaSettings = {}): ProviderPlugin {
  const headers = clientHeaders(settings)
  return {
    apiVersion: 1,
    name: 'ollama',
    // `OLLAMA_HOST` is rarely a whole address, so that it is read here instead.
    targetVariables: [],
    defaultTarget: async () => readHost(process.env['OLLAMA_HOST']),
    defaultTargetHint: 'OLLAMA_HOST',
    encode: (call, target) => encodeCall(call, target, settings, headers),
    framing: framingOf,
    decoder: (head, call) => {
      if (head.status >= 300) return errorDecoder(head)
      return call.kind === 'embedding' ? embeddingDecoder() : generationDecoder()
    },
    warmUp: (target) => warmUpRequests(target, settings, headers),
    probe: probe(headers),
  }
}
