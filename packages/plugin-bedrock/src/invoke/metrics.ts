import { isAmount, isObject, type JsonObject, type ResponseHead, type ServerTiming } from 'loadbench/plugin'
import type { Answer } from '../answer/answer.ts'
import { usageOf, type CountNames } from '../answer/usage.ts'

const OF_CHUNK: CountNames = {
  input: 'inputTokenCount',
  output: 'outputTokenCount',
  read: 'cacheReadInputTokenCount',
  written: 'cacheWriteInputTokenCount',
}
const OF_HEAD: CountNames = {
  input: 'x-amzn-bedrock-input-token-count',
  output: 'x-amzn-bedrock-output-token-count',
  read: 'x-amzn-bedrock-cache-read-input-token-count',
  written: 'x-amzn-bedrock-cache-write-input-token-count',
}
const LATENCY = 'x-amzn-bedrock-invocation-latency'

/**
 * What Bedrock adds to a chunk or a body of any model: its metrics and whether a guardrail stepped in. The
 * metrics are on the last chunk, so where a model's own end was not seen they are it.
 */
export function readAdded(chunk: JsonObject, answer: Answer): void {
  if (chunk['amazon-bedrock-guardrailAction'] === 'INTERVENED') answer.intervene()
  const metrics = chunk['amazon-bedrock-invocationMetrics']
  if (!isObject(metrics)) return
  answer.usageByBedrock(usageOf(metrics, OF_CHUNK))
  const { invocationLatency: total, firstByteLatency: ttft } = metrics
  answer.timing({ ...(isAmount(total) ? { total } : {}), ...(isAmount(ttft) ? { ttft } : {}) })
  answer.end(answer.stopReason ?? 'unknown')
}

/** What the headers of an answer in one piece tell, whatever the model. */
export function readHead({ headers }: ResponseHead, answer: Answer): void {
  const counts = Object.fromEntries(Object.values(OF_HEAD).map((name) => [name, numberIn(headers[name])]))
  answer.usageByBedrock(usageOf(counts, OF_HEAD))
  const total = numberIn(headers[LATENCY])
  const timing: ServerTiming = total === undefined ? {} : { total }
  answer.timing(timing)
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}
