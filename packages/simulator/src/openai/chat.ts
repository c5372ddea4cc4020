import { z } from 'zod'
import type { Answer, Ask } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import type { ToolCall } from '../toolcall.ts'
import { refuse } from './errors.ts'
import { commonAsk, commonFields, complaint, tokensOfLength } from './request.ts'
import { EventStream, type Shape } from './stream.ts'
import { usageOf } from './usage.ts'

const requestSchema = z.object({
  ...commonFields,
  max_completion_tokens: z.int().min(1).nullish(),
  messages: z
    .array(
      z.object({
        role: z.string(),
        content: z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish(),
      }),
    )
    .min(1),
  tools: z.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) })).nullish(),
  tool_choice: z.union([z.string(), z.object({ function: z.object({ name: z.string() }) })]).nullish(),
})
type Request = z.output<typeof requestSchema>

/** `POST /v1/chat/completions`. */
export const chat: Protocol = {
  idPrefix: 'chatcmpl-',
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return complaint(parsed.error)
    const request = parsed.data
    const limit = request.max_completion_tokens
    const named = typeof request.tool_choice === 'object' ? request.tool_choice?.function.name : undefined
    const tools = request.tools?.map((tool) => tool.function) ?? []
    const tool = named === undefined ? tools[0] : tools.find(({ name }) => name === named)
    const required = named !== undefined || request.tool_choice === 'required'
    if (required && tool === undefined)
      return { complaint: 'tool_choice: asks for a tool that is not in tools' }
    return {
      ...commonAsk(request),
      ...(typeof limit === 'number' && { maxTokens: limit }),
      ...(tool !== undefined && request.tool_choice !== 'none' && { tool }),
      toolRequired: required,
      reasons: true,
      promptTokens: tokensOfLength(request.messages.reduce((sum, message) => sum + lengthOf(message), 0)),
    } satisfies Ask
  },
  stream: (answer, facts) => new EventStream(shapeOf(facts), answer, facts),
  whole: (answer, facts) => JSON.stringify(wholeOf(answer, facts)),
  refuse,
}

function lengthOf({ content }: Request['messages'][number]): number {
  if (typeof content === 'string') return content.length
  return content?.reduce((sum, part) => sum + (part.text?.length ?? 0), 0) ?? 0
}

function shapeOf({ reasoningField }: Facts): Shape {
  return {
    object: 'chat.completion.chunk',
    opening: '"delta":{"role":"assistant","content":""}',
    closing: '"delta":{}',
    delta(channel, quoted) {
      if (channel === 'text') return `"delta":{"content":${quoted}}`
      if (channel === 'reasoning') return `"delta":{"${reasoningField}":${quoted}}`
      return `"delta":{"tool_calls":[{"index":0,"function":{"arguments":${quoted}}}]}`
    },
    call: (call) => `"delta":{"tool_calls":[${JSON.stringify({ index: 0, ...callOf(call, '') })}]}`,
  }
}

function callOf({ id, name }: ToolCall, args: string) {
  return { id, type: 'function', function: { name, arguments: args } }
}

function wholeOf(answer: Answer, { id, created, model, usage, reasoningField }: Facts) {
  const choices = answer.choices.map((choice, index) => {
    const said = choice.tokens.slice(choice.reasoning).join('')
    const message = {
      role: 'assistant',
      content: choice.call === undefined ? said : null,
      ...(choice.reasoning > 0 && { [reasoningField]: choice.tokens.slice(0, choice.reasoning).join('') }),
      ...(choice.call !== undefined && { tool_calls: [callOf(choice.call, said)] }),
    }
    return { index, message, logprobs: null, finish_reason: choice.finish }
  })
  const counts = usage === 'never' ? {} : { usage: usageOf(answer, answer.outputTokens) }
  return { id, object: 'chat.completion', created, model, choices, ...counts }
}
