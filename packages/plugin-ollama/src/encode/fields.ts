import { isObject, type Call, type GenerationCall } from 'loadbench/plugin'
import type { OllamaSettings } from '../settings.ts'

/** A request body before it becomes JSON; a field that is `undefined` is not sent. */
export type Fields = Record<string, unknown>

/** What goes into the body as it is; a call's fields over the client's. `options` are apart. */
export function extraFields(settings: OllamaSettings, call?: Call): Fields {
  const { options: _options, ...rest } = { ...settings.extra, ...call?.extra }
  return rest
}

/**
 * `options`: the client's, what the call says, and what `extra` holds under the same name, each over the
 * one before. A difference in a runner option such as `num_ctx` makes the server load the model again.
 */
export function optionsOf(settings: OllamaSettings, call?: Call): Fields | undefined {
  const layers = [
    settings.options,
    call === undefined || call.kind === 'embedding' ? undefined : samplingOf(call),
    settings.extra?.['options'],
    call?.extra?.['options'],
  ]
  const options: Fields = {}
  for (const layer of layers) {
    if (!isObject(layer)) continue
    for (const name in layer) if (layer[name] !== undefined) options[name] = layer[name]
  }
  return Object.keys(options).length === 0 ? undefined : options
}

function samplingOf(call: GenerationCall): Fields {
  return {
    num_predict: call.maxTokens,
    temperature: call.temperature,
    top_p: call.topP,
    seed: call.seed,
    // A single text would be refused.
    stop: typeof call.stop === 'string' ? [call.stop] : call.stop,
  }
}
