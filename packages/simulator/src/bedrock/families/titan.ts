import { z } from 'zod'
import { choiceOf, quoted, saidIn, type StopReasons } from '../choice.ts'
import { countsOf } from '../counts.ts'
import type { Family } from '../family.ts'
import { malformedRequest, textWish } from '../wish.ts'

const requestSchema = z.object({
  inputText: z.string().min(1),
  textGenerationConfig: z.object({ maxTokenCount: z.int().min(1).nullish() }).nullish(),
})

/** Amazon Titan Text. Its numbers have a fraction where a guardrail was asked for. */
export const titan: Family = {
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return malformedRequest(parsed.error)
    const { inputText, textGenerationConfig } = parsed.data
    return textWish(inputText.length, textGenerationConfig?.maxTokenCount)
  },
  stream(answer, facts) {
    const choice = choiceOf(answer)
    const counts = countsOf(answer, facts)
    const point = facts.ask.guarded ? '.0' : ''
    const input = counts === undefined ? '' : `,"inputTextTokenCount":${counts.input}${point}`
    const output = counts === undefined ? '' : `,"totalOutputTextTokenCount":${counts.output}${point}`
    return {
      open: () => [],
      tokens: (from, to) => [
        `{"outputText":${quoted(choice, from, to)},"index":0${point}${from === 0 ? input : ''}}`,
      ],
      finish: () => [],
      end: () => [
        `{"outputText":"","index":0${point}${output},"completionReason":"${REASONS[choice.finish]}"}`,
      ],
    }
  },
  whole(answer, facts) {
    const choice = choiceOf(answer)
    const counts = countsOf(answer, facts)
    return JSON.stringify({
      ...(counts && { inputTextTokenCount: counts.input }),
      results: [
        {
          ...(counts && { tokenCount: counts.output }),
          outputText: saidIn(choice),
          completionReason: REASONS[choice.finish],
        },
      ],
    })
  },
}

const REASONS: StopReasons = {
  stop: 'FINISH',
  length: 'LENGTH',
  tool_calls: 'FINISH',
  content_filter: 'CONTENT_FILTERED',
}
