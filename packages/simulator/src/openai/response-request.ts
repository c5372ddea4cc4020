import { z } from 'zod'
import type { Ask } from '../answer.ts'
import { complaint, tokensOfLength } from '../reading.ts'
import { chooseTool } from './tool-choice.ts'

const textParts = z.array(z.object({ text: z.string().optional() }))
const requestSchema = z.object({
  model: z.string().nullish(),
  input: z.union([
    z.string(),
    z
      .array(
        z.object({
          content: z.union([z.string(), textParts]).nullish(),
          output: z.union([z.string(), textParts]).nullish(),
          arguments: z.string().nullish(),
        }),
      )
      .min(1),
  ]),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(z.object({ name: z.string().optional(), parameters: z.unknown() })).nullish(),
  tool_choice: z.union([z.string(), z.object({ name: z.string().optional() })]).nullish(),
})
type Request = z.output<typeof requestSchema>

/** Reads the body of `/v1/responses`. What it does not name is ignored. */
export function readResponses(body: unknown): Ask | { readonly complaint: string } {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) return complaint(parsed.error)
  const request = parsed.data
  const tools = (request.tools ?? []).flatMap(({ name, parameters }) =>
    name === undefined ? [] : [{ name, parameters }],
  )
  const tool = chooseTool(tools, choiceOf(request))
  if ('complaint' in tool) return tool
  return {
    ...(typeof request.model === 'string' && { model: request.model }),
    ...(typeof request.max_output_tokens === 'number' && { maxTokens: request.max_output_tokens }),
    ...tool,
    streamed: request.stream === true,
    choices: 1,
    promptTokens: tokensOfLength(lengthOf(request)),
    minTokens: 0,
    ignoreEos: false,
    reasons: true,
    streamUsage: 'end',
  }
}

function choiceOf({ tool_choice: choice }: Request) {
  return typeof choice === 'object'
    ? { mode: undefined, named: choice?.name }
    : { mode: choice, named: undefined }
}

function lengthOf({ instructions, input }: Request): number {
  const asked =
    typeof input === 'string'
      ? input.length
      : input.reduce(
          (sum, item) =>
            sum + textLength(item.content) + textLength(item.output) + textLength(item.arguments),
          0,
        )
  return (instructions?.length ?? 0) + asked
}

function textLength(content: string | z.output<typeof textParts> | null | undefined): number {
  if (typeof content === 'string') return content.length
  return content?.reduce((sum, { text = '' }) => sum + text.length, 0) ?? 0
}
