import { choiceOf } from '../choice.ts'
import { countsOf, type Counts } from '../counts.ts'
import type { Family } from '../family.ts'
import { UNIFIED_REASONS, unifiedContent, UnifiedMessage, type UnifiedEvent } from '../unified.ts'
import { unifiedWish } from '../unified-request.ts'

/** Amazon Nova: the messages of Converse, each delta of text in a block of its own. */
export const nova: Family = {
  read: unifiedWish,
  stream(answer, facts) {
    const message = new UnifiedMessage(answer, true)
    const counts = countsOf(answer, facts)
    return {
      open: () => message.open().map(documentOf),
      tokens: (from, to) => message.tokens(from, to).map(documentOf),
      finish: () => message.finish(UNIFIED_REASONS[choiceOf(answer).finish]).map(documentOf),
      end: () => [
        JSON.stringify({ metadata: { ...(counts && { usage: usageOf(counts) }), metrics: {}, trace: {} } }),
      ],
    }
  },
  whole(answer, facts) {
    const counts = countsOf(answer, facts)
    return JSON.stringify({
      output: { message: { content: unifiedContent(answer), role: 'assistant' } },
      stopReason: UNIFIED_REASONS[choiceOf(answer).finish],
      ...(counts && { usage: { ...usageOf(counts), totalTokens: counts.input + counts.output } }),
    })
  },
}

function documentOf({ type, fields }: UnifiedEvent): string {
  return `{"${type}":${fields}}`
}

function usageOf({ input, output, cacheRead = 0 }: Counts) {
  return {
    inputTokens: input,
    outputTokens: output,
    cacheReadInputTokenCount: cacheRead,
    cacheWriteInputTokenCount: 0,
  }
}
