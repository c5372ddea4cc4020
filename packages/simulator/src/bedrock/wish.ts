import type { z } from 'zod'
import type { Ask } from '../answer.ts'
import { tokensOfLength } from '../reading.ts'
import type { Tool } from '../toolcall.ts'

/** What a body asks for; what Bedrock has no field for is left out. */
export type Wish = Pick<Ask, 'promptTokens' | 'maxTokens' | 'tool' | 'toolRequired' | 'reasons'>

/** What is wrong with a body. */
export interface Complaint {
  readonly complaint: string
}

/** A wish for text alone. */
export function textWish(characters: number, maxTokens: number | null | undefined): Wish {
  return {
    promptTokens: tokensOfLength(characters),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    toolRequired: false,
    reasons: false,
  }
}

/** Which tool is to be called; `choice`: any of them, none, or the one of a name. */
export function toolWish(
  tools: readonly Tool[],
  choice: 'auto' | 'any' | 'none' | { readonly name: string },
): Pick<Wish, 'tool' | 'toolRequired'> | Complaint {
  const toolRequired = typeof choice === 'object' || choice === 'any'
  const tool = typeof choice === 'object' ? tools.find(({ name }) => name === choice.name) : tools[0]
  if (tool === undefined || choice === 'none') {
    return toolRequired
      ? { complaint: 'The tool choice asks for a tool that is not among the tools.' }
      : { toolRequired }
  }
  return { tool, toolRequired }
}

/** The whole of an `Ask`, for one answer. */
export function askOf<Wished extends Wish>(wish: Wished, model: string, streamed: boolean): Ask & Wished {
  return { ...wish, model, streamed, choices: 1, minTokens: 0, ignoreEos: false, streamUsage: 'end' }
}

/** The first thing wrong with a body, in the words of Bedrock. */
export function malformedRequest(error: z.ZodError): Complaint {
  const [issue] = error.issues
  const place = issue?.path.map((key) => `/${String(key)}`).join('') ?? ''
  return {
    complaint: `Malformed input request: #${place}: ${issue?.message ?? 'is not valid'}, please reformat your input and try again.`,
  }
}
