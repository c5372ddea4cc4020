import { isObject, LoadbenchError, type CompletionSettings } from 'loadbench/plugin'

type Fields = Record<string, unknown>

/**
 * A completion in the form of DJL LMI: `{inputs, parameters, stream}`. `details` brings the finish reason and
 * the token counts. Stop sequences go under both their names: older versions know one, newer ones the other.
 * @throws LB_CALL_INVALID where there is no prompt.
 */
export function djlBody(call: CompletionSettings, extra: Readonly<Fields>): string {
  // Scripts are stripped of their types, not checked.
  if (call.prompt === undefined && extra['inputs'] === undefined) throw noPrompt()
  const { maxTokens, temperature, topP, seed, stop, stream = true } = call
  const stops = typeof stop === 'string' ? [stop] : stop
  const { parameters } = extra
  return JSON.stringify({
    inputs: call.prompt,
    ...(call.model === undefined ? {} : { model: call.model }),
    ...extra,
    parameters: {
      details: true,
      max_new_tokens: maxTokens,
      ...samplingOf(temperature, topP),
      seed,
      stop: stops,
      stop_sequences: stops,
      ...(isObject(parameters) ? parameters : {}),
    },
    stream,
  })
}

/** Versions up to 0.31 sample only when told to; later ones never at `do_sample: false`. */
function samplingOf(temperature: number | undefined, topP: number | undefined): Fields {
  if (temperature === 0) return { do_sample: false }
  if (temperature === undefined && topP === undefined) return {}
  return { do_sample: true, temperature, top_p: topP }
}

function noPrompt(): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    'a completion has no `prompt`',
    "Give it one: complete({ prompt: 'Why is the sky blue?' }).",
  )
}
