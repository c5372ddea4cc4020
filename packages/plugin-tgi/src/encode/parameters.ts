import { isObject, type CompletionSettings } from 'loadbench/plugin'
import type { TgiSettings } from '../settings.ts'

/** A part of a request body before it becomes JSON; a field that is `undefined` is not sent. */
export type Fields = Record<string, unknown>

/**
 * The `parameters` of a call. They are always sent: without them TGI samples, with them it does not
 * unless told to. `details` brings the finish reason and the token counts; `return_full_text` is on by
 * default on some routes of some models, and the prompt would pass for generated.
 */
export function parametersOf(call: CompletionSettings, settings: TgiSettings, extra: Fields): Fields {
  const { parameters } = extra
  return {
    details: true,
    return_full_text: false,
    ...settings.parameters,
    ...neutralFields(call),
    ...(isObject(parameters) ? parameters : {}),
  }
}

/** What the call says in loadbench's words; what it leaves open is left to the client's parameters. */
function neutralFields({ maxTokens, temperature, topP, seed, stop }: CompletionSettings): Fields {
  return {
    ...(maxTokens === undefined ? {} : { max_new_tokens: maxTokens }),
    ...(temperature === undefined ? {} : samplingAt(temperature)),
    // TGI refuses 1, which is to say no restriction.
    ...(topP === undefined ? {} : { top_p: topP === 1 ? undefined : topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop: typeof stop === 'string' ? [stop] : stop }),
  }
}

/** TGI refuses a temperature of 0, and at exactly 1 it would sample only when told to. */
function samplingAt(temperature: number): Fields {
  return temperature === 0 ? { do_sample: false, temperature: undefined } : { do_sample: true, temperature }
}
