import { isAmount, type JsonObject, type Part, type ServerTiming, type Usage } from 'loadbench/plugin'

type UsagePart = { -readonly [K in keyof Usage]: Usage[K] } & { type: 'usage' }
type TimingPart = { -readonly [K in keyof ServerTiming]: ServerTiming[K] } & { type: 'server-timing' }

const NANOS_PER_MILLI = 1e6

/**
 * From here on `load_duration`, ms, tells that a model was loaded. A runner that is there takes
 * milliseconds to tens of them to find, also under load; the shortest load on record here took 1 500 ms
 * and a tiny model still takes several hundred. Waiting for another model to make room counts as loading.
 */
const LOADING_FROM = 500

/**
 * What the last line says of tokens and time. Ollama leaves a field out when it is 0, and older servers
 * leave out `prompt_eval_count` when the whole prompt was cached, so that an absent one may be anything
 * and stays missing.
 */
export function accountsOf(line: JsonObject): Part[] {
  const parts: Part[] = []
  const usage = usageOf(line)
  if (usage.inputTokens !== undefined || usage.outputTokens !== undefined) parts.push(usage)
  const timing = timingOf(line)
  if (Object.keys(timing).length > 1) parts.push(timing)
  const { load } = timing
  if (load !== undefined && load >= LOADING_FROM) parts.push(reloaded(line['model'], load))
  return parts
}

function usageOf({ prompt_eval_count: input, eval_count: output }: JsonObject): UsagePart {
  const part: UsagePart = { type: 'usage' }
  if (isAmount(input)) part.inputTokens = input
  if (isAmount(output)) part.outputTokens = output
  return part
}

function timingOf(line: JsonObject): TimingPart {
  const part: TimingPart = { type: 'server-timing' }
  const {
    load_duration: load,
    prompt_eval_duration: prefill,
    eval_duration: decode,
    total_duration: total,
  } = line
  if (isAmount(load)) part.load = load / NANOS_PER_MILLI
  if (isAmount(prefill)) part.prefill = prefill / NANOS_PER_MILLI
  if (isAmount(decode)) part.decode = decode / NANOS_PER_MILLI
  if (isAmount(total)) part.total = total / NANOS_PER_MILLI
  return part
}

function reloaded(model: unknown, load: number): Part {
  const name = typeof model === 'string' ? model : 'the model'
  const message =
    `a call waited ${Math.round(load)} ms until ${name} was loaded, which is part of its latency. ` +
    'Ollama loads a model when it is not loaded yet, when keep_alive has run out, when num_ctx or another ' +
    'runner option differs from the last call, and when another model took its place: give all calls the ' +
    'same options, set keepAlive to -1, and raise OLLAMA_MAX_LOADED_MODELS where several models are used.'
  return { type: 'warning', code: 'model-reloaded', message }
}
