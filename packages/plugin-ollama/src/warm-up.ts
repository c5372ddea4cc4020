import type { HttpRequest } from 'loadbench/plugin'
import { extraFields, optionsOf } from './encode/fields.ts'
import { requestHeaders, type Headers } from './encode/headers.ts'
import { pathAt } from './encode/path.ts'
import type { OllamaSettings } from './settings.ts'

/**
 * The request that loads the model: one with nothing to generate, which Ollama answers when the model is
 * loaded. It holds the options and fields of every call, since a runner started with others would be
 * started again by the first call.
 * @returns none where there is no model to name, where `warmUp` is `false`, and where the model is not to
 * stay loaded: the same request would then unload it.
 */
export function warmUpRequests(target: URL, settings: OllamaSettings, headers: Headers): HttpRequest[] {
  const { model, warmUp = true, keepAlive } = settings
  if (!model || warmUp === false || Number.parseFloat(String(keepAlive)) === 0) return []
  const nothing = warmUp === 'embed' ? { input: [] } : { prompt: '', stream: false }
  const body = {
    model,
    keep_alive: keepAlive,
    ...extraFields(settings),
    options: optionsOf(settings),
    ...nothing,
  }
  return [
    {
      method: 'POST',
      path: pathAt(target, warmUp === 'embed' ? '/api/embed' : '/api/generate'),
      headers: requestHeaders('application/json', headers),
      body: JSON.stringify(body),
    },
  ]
}
