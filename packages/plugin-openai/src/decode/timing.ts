import { isAmount, isObject, type JsonObject, type ServerTiming } from 'loadbench/plugin'

type TimingPart = { -readonly [K in keyof ServerTiming]: ServerTiming[K] } & { type: 'server-timing' }
type Phase = keyof ServerTiming

/**
 * vLLM with `--enable-per-request-metrics`: ms. Its time to first token runs from scheduling: the queue is
 * not in it. Its generation time runs from the first token to the last.
 */
const VLLM: readonly (readonly [string, Phase])[] = [
  ['queue_time_ms', 'queue'],
  ['time_to_first_token_ms', 'ttft'],
  ['generation_time_ms', 'decode'],
]
/** Groq, inside its usage: seconds. */
const GROQ: readonly (readonly [string, Phase])[] = [
  ['queue_time', 'queue'],
  ['prompt_time', 'prefill'],
  ['completion_time', 'decode'],
  ['total_time', 'total'],
]

/** What the server says about its own time, where it says anything. */
export function readTiming(chunk: JsonObject, usage: JsonObject | undefined): TimingPart | undefined {
  const { metrics } = chunk
  if (isObject(metrics)) return timingOf(metrics, VLLM, 1)
  return usage === undefined ? undefined : timingOf(usage, GROQ, 1_000)
}

function timingOf(
  source: JsonObject,
  names: readonly (readonly [string, Phase])[],
  toMillis: number,
): TimingPart | undefined {
  let part: TimingPart | undefined
  for (const [name, phase] of names) {
    const time = source[name]
    if (!isAmount(time)) continue
    part ??= { type: 'server-timing' }
    part[phase] = time * toMillis
  }
  return part
}
