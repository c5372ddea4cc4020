import type { Answer } from '../answer.ts'
import type { Facts } from '../protocol.ts'

/** Tokens as Bedrock counts them: `input` is without what came from a cache. */
export interface Counts {
  readonly input: number
  readonly output: number
  /** `undefined`: no cache was asked for. */
  readonly cacheRead: number | undefined
}

/** `undefined` where the settings keep the counts back. */
export function countsOf(answer: Answer, { usage }: Pick<Facts, 'usage'>): Counts | undefined {
  if (usage === 'never') return undefined
  const { promptTokens, cachedTokens, outputTokens } = answer
  return { input: promptTokens - (cachedTokens ?? 0), output: outputTokens, cacheRead: cachedTokens }
}

/** The usage of Converse. */
export function usageOf({ input, output, cacheRead }: Counts) {
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + output + (cacheRead ?? 0),
    ...(cacheRead !== undefined && { cacheReadInputTokens: cacheRead, cacheWriteInputTokens: 0 }),
  }
}

/** Since the request came, ms. */
export function latencyOf(facts: Pick<Facts, 'times'>): number {
  const { queue, elapsed } = facts.times()
  return Math.round(queue + elapsed)
}

/** What stands in the last chunk of a streamed InvokeModel, whatever the family. */
export function invocationMetrics({ input, output, cacheRead }: Counts, facts: Pick<Facts, 'times'>) {
  const { queue, ttft } = facts.times()
  return {
    inputTokenCount: input,
    outputTokenCount: output,
    invocationLatency: latencyOf(facts),
    firstByteLatency: Math.round(queue + ttft),
    ...(cacheRead !== undefined && { cacheReadInputTokenCount: cacheRead, cacheWriteInputTokenCount: 0 }),
  }
}

/** The same as headers of an InvokeModel that is not streamed. */
export function countHeaders({ input, output, cacheRead }: Counts): Record<string, string> {
  return {
    'x-amzn-bedrock-input-token-count': String(input),
    'x-amzn-bedrock-output-token-count': String(output),
    ...(cacheRead !== undefined && {
      'x-amzn-bedrock-cache-read-input-token-count': String(cacheRead),
      'x-amzn-bedrock-cache-write-input-token-count': '0',
    }),
  }
}
