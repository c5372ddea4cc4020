import { z } from 'zod'
import { choiceOf, quoted, saidIn, type StopReasons } from '../choice.ts'
import { countsOf, type Counts } from '../counts.ts'
import type { Family } from '../family.ts'
import { malformedRequest, textWish } from '../wish.ts'

/** Which fields a family that takes a prompt and gives text has. */
export interface TextFields {
  readonly prompt: string
  readonly maxTokens: string
  readonly reasons: StopReasons
  /** A chunk of generated text, given as a JSON string; `counts`: those of the answer so far. */
  chunk(quoted: string, first: boolean, counts: Counts | undefined): string
  /** The last chunk, which has none. */
  last(reason: string, counts: Counts | undefined): string
  /** The answer that is not streamed. */
  whole(
    text: string,
    reason: string,
    told: { readonly id: string; readonly counts: Counts | undefined },
  ): object
}

/** A family whose streams are chunks of text, of which the last one tells how it ended. */
export function prompted(fields: TextFields): Family {
  const requestSchema = z.object({
    [fields.prompt]: z.string().min(1),
    [fields.maxTokens]: z.int().min(1).nullish(),
  })
  return {
    read(body) {
      const parsed = requestSchema.safeParse(body)
      if (!parsed.success) return malformedRequest(parsed.error)
      const prompt = String(parsed.data[fields.prompt])
      const limit = parsed.data[fields.maxTokens]
      return textWish(prompt.length, typeof limit === 'number' ? limit : undefined)
    },
    stream(answer, facts) {
      const choice = choiceOf(answer)
      const counts = countsOf(answer, facts)
      return {
        open: () => [],
        tokens: (from, to) => [
          fields.chunk(quoted(choice, from, to), from === 0, counts && { ...counts, output: to }),
        ],
        finish: () => [],
        end: () => [fields.last(fields.reasons[choice.finish], counts)],
      }
    },
    whole(answer, facts) {
      const choice = choiceOf(answer)
      const told = { id: facts.id, counts: countsOf(answer, facts) }
      return JSON.stringify(fields.whole(saidIn(choice), fields.reasons[choice.finish], told))
    },
  }
}
