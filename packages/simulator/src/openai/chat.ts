import { z } from 'zod'
import type { Answer } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { complaint, tokensOfLength } from '../reading.ts'
import type { ToolCall } from '../toolcall.ts'
import { refuse } from './errors.ts'
import { chatLogprobs, tokenFacts } from './logprobs.ts'
import { commonAsk, commonFields, type OpenAIAsk } from './request.ts'
import { EventStream, type Shape } from './stream.ts'
import { chooseTool } from './tool-choice.ts'
import { usageOf } from './usage.ts'

const requestSchema = z.object({
  ...commonFields,
  max_completion_tokens: z.int().min(1).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
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
export const chat: Protocol<OpenAIAsk> = {
  idPrefix: 'chatcmpl-',
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return complaint(parsed.error)
    const request = parsed.data
    const limit = request.max_completion_tokens
    const tool = chooseTool(request.tools?.map((one) => one.function) ?? [], choiceOf(request))
    if ('complaint' in tool) return tool
    return {
      ...commonAsk(request),
      ...(typeof limit === 'number' && { maxTokens: limit }),
      ...tool,
      ...(request.logprobs === true && { logprobs: request.top_logprobs ?? 0 }),
      reasons: true,
      promptTokens: tokensOfLength(request.messages.reduce((sum, message) => sum + lengthOf(message), 0)),
    } satisfies OpenAIAsk
  },
  stream: (answer, facts) => new EventStream(shapeOf(facts), answer, facts),
  whole: (answer, facts) => JSON.stringify(wholeOf(answer, facts)),
  refuse,
}

function choiceOf({ tool_choice: choice }: Request) {
  return typeof choice === 'object'
    ? { mode: undefined, named: choice?.function.name }
    : { mode: choice, named: undefined }
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
    logprobs: chatLogprobs,
    call: (call) => `"delta":{"tool_calls":[${JSON.stringify({ index: 0, ...callOf(call, '') })}]}`,
  }
}

function callOf({ id, name }: ToolCall, args: string) {
  return { id, type: 'function', function: { name, arguments: args } }
}

function wholeOf(answer: Answer, { id, created, model, usage, reasoningField, ask }: Facts<OpenAIAsk>) {
  const choices = answer.choices.map((choice, index) => {
    const said = choice.tokens.slice(choice.reasoning).join('')
    const message = {
      role: 'assistant',
      content: choice.call === undefined ? said : null,
      ...(choice.reasoning > 0 && { [reasoningField]: choice.tokens.slice(0, choice.reasoning).join('') }),
      ...(choice.call !== undefined && { tool_calls: [callOf(choice.call, said)] }),
    }
    return { index, message, ...tokenFacts(choice.tokens, ask, chatLogprobs), finish_reason: choice.finish }
  })
  const counts = usage === 'never' ? {} : { usage: usageOf(answer, answer.outputTokens) }
  return { id, object: 'chat.completion', created, model, choices, ...counts }
}
