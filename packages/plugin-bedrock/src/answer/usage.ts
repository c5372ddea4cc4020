import { isAmount, type JsonObject, type Usage } from 'loadbench/plugin'

export type UsagePart = { -readonly [K in keyof Usage]: Usage[K] } & { type: 'usage' }

/** What is called what where tokens are counted. */
export interface CountNames {
  readonly input: string
  readonly output: string
  /** Input read from the prompt cache. */
  readonly read: string
  /** Input written to the prompt cache. */
  readonly written: string
  readonly total?: string
}

/**
 * Token counts of an object; `undefined` where it holds none. Bedrock and Anthropic count as input only what
 * had nothing to do with the prompt cache; loadbench means all of it.
 */
export function usageOf(counts: JsonObject, names: CountNames): UsagePart | undefined {
  const part: UsagePart = { type: 'usage' }
  const {
    [names.input]: input,
    [names.output]: output,
    [names.read]: read,
    [names.written]: written,
  } = counts
  if (isAmount(output)) part.outputTokens = output
  if (isAmount(read)) part.cachedTokens = read
  if (isAmount(input)) {
    const cache = (isAmount(read) ? read : 0) + (isAmount(written) ? written : 0)
    const total = names.total === undefined ? undefined : counts[names.total]
    // Some models count it in; the total gives it away.
    const countedIn = isAmount(output) && total === input + output
    part.inputTokens = countedIn ? input : input + cache
  }
  const known = part.inputTokens ?? part.outputTokens ?? part.cachedTokens
  return known === undefined ? undefined : part
}
