import { z } from 'zod'
import { malformedRequest, textWish, toolWish, type Complaint, type Wish } from './wish.ts'

const block = z.object({ text: z.string().optional() })

/** What Converse and the Nova models share of a request. What is not named here is ignored. */
const requestSchema = z.object({
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) })).min(1),
  system: z.array(block).nullish(),
  inferenceConfig: z
    .object({ maxTokens: z.int().min(1).nullish(), max_new_tokens: z.int().min(1).nullish() })
    .nullish(),
  toolConfig: z
    .object({
      tools: z.array(
        z.object({
          toolSpec: z
            .object({ name: z.string().min(1), inputSchema: z.object({ json: z.unknown() }).optional() })
            .optional(),
        }),
      ),
      toolChoice: z
        .object({
          auto: z.object({}).optional(),
          any: z.object({}).optional(),
          tool: z.object({ name: z.string() }).optional(),
        })
        .nullish(),
    })
    .nullish(),
})
type Request = z.output<typeof requestSchema>

/** Reads the body of Converse, or of a Nova model. */
export function unifiedWish(body: unknown): Wish | Complaint {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) return malformedRequest(parsed.error)
  const { messages, system, inferenceConfig, toolConfig } = parsed.data
  const texts = [...(system ?? []), ...messages.flatMap(({ content }) => content)]
  const tool = toolOf(toolConfig)
  if ('complaint' in tool) return tool
  const length = texts.reduce((sum, { text = '' }) => sum + text.length, 0)
  return { ...textWish(length, inferenceConfig?.maxTokens ?? inferenceConfig?.max_new_tokens), ...tool }
}

function toolOf(config: Request['toolConfig']) {
  const tools = (config?.tools ?? []).flatMap(({ toolSpec: spec }) =>
    spec === undefined ? [] : [{ name: spec.name, parameters: spec.inputSchema?.json }],
  )
  const { any, tool } = config?.toolChoice ?? {}
  return toolWish(tools, tool ?? (any === undefined ? 'auto' : 'any'))
}
