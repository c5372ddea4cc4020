import { z } from 'zod'
import type { Choice } from '../../answer.ts'
import type { Facts } from '../../protocol.ts'
import { Blocks, type BlockKind, type BlockShape } from '../blocks.ts'
import { argumentsIn, choiceOf, saidIn, thoughtsOf, type StopReasons } from '../choice.ts'
import { countsOf, type Counts } from '../counts.ts'
import type { Family } from '../family.ts'
import { SIGNATURE } from '../unified.ts'
import { malformedRequest, textWish, toolWish } from '../wish.ts'

const content = z.union([z.string(), z.array(z.object({ text: z.string().optional() })).min(1)])

const requestSchema = z.object({
  anthropic_version: z.literal('bedrock-2023-05-31'),
  max_tokens: z.int().min(1),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content })).min(1),
  system: content.nullish(),
  tools: z.array(z.object({ name: z.string().min(1), input_schema: z.unknown() })).nullish(),
  tool_choice: z
    .discriminatedUnion('type', [
      z.object({ type: z.enum(['auto', 'any', 'none']) }),
      z.object({ type: z.literal('tool'), name: z.string() }),
    ])
    .nullish(),
})

/** Anthropic's Messages. */
export const anthropic: Family = {
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return malformedRequest(parsed.error)
    const { messages, system, max_tokens: limit, tool_choice: choice } = parsed.data
    const tools = parsed.data.tools?.map((tool) => ({ name: tool.name, parameters: tool.input_schema })) ?? []
    const tool = toolWish(tools, choice?.type === 'tool' ? choice : (choice?.type ?? 'auto'))
    if ('complaint' in tool) return tool
    const length = messages.reduce((sum, message) => sum + lengthOf(message.content), lengthOf(system ?? ''))
    return { ...textWish(length, limit), ...tool, reasons: true }
  },
  stream(answer, facts) {
    const choice = choiceOf(answer)
    const counts = countsOf(answer, facts)
    const blocks = new Blocks(choice, SHAPE)
    return {
      open: () => [messageStart(facts, counts)],
      tokens: (from, to) => blocks.tokens(from, to),
      finish: () => [...blocks.end(), messageDelta(choice, counts)],
      end: () => ['{"type":"message_stop"}'],
    }
  },
  whole(answer, facts) {
    const choice = choiceOf(answer)
    const counts = countsOf(answer, facts)
    return JSON.stringify({
      ...messageOf(facts),
      content: contentOf(choice),
      stop_reason: REASONS[choice.finish],
      stop_sequence: null,
      ...(counts && { usage: { ...inputOf(counts), output_tokens: counts.output } }),
    })
  },
}

const REASONS: StopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
}

/** The output of `message_start` is no count yet; Anthropic writes 1. */
function messageStart(facts: Facts, counts: Counts | undefined): string {
  const message = {
    ...messageOf(facts),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(counts && { usage: { ...inputOf(counts), output_tokens: 1 } }),
  }
  return JSON.stringify({ type: 'message_start', message })
}

function messageDelta({ finish }: Choice, counts: Counts | undefined): string {
  const delta = { stop_reason: REASONS[finish], stop_sequence: null }
  return JSON.stringify({
    type: 'message_delta',
    delta,
    ...(counts && { usage: { output_tokens: counts.output } }),
  })
}

function messageOf({ id, model }: Facts) {
  return { id: `msg_bdrk_${id}`, type: 'message', role: 'assistant', model }
}

function inputOf({ input, cacheRead }: Counts) {
  return {
    input_tokens: input,
    ...(cacheRead !== undefined && { cache_creation_input_tokens: 0, cache_read_input_tokens: cacheRead }),
  }
}

function contentOf(choice: Choice): object[] {
  const blocks: object[] = []
  if (choice.reasoning > 0) {
    blocks.push({ type: 'thinking', thinking: thoughtsOf(choice), signature: SIGNATURE })
  }
  if (choice.call !== undefined) {
    blocks.push({ type: 'tool_use', ...choice.call, input: argumentsIn(choice) })
  } else if (choice.tokens.length > choice.reasoning) {
    blocks.push({ type: 'text', text: saidIn(choice) })
  }
  return blocks
}

function lengthOf(given: z.output<typeof content>): number {
  if (typeof given === 'string') return given.length
  return given.reduce((sum, { text = '' }) => sum + text.length, 0)
}

const DELTAS: Readonly<Record<BlockKind, (quoted: string) => string>> = {
  reasoning: (quoted) => `{"type":"thinking_delta","thinking":${quoted}}`,
  text: (quoted) => `{"type":"text_delta","text":${quoted}}`,
  call: (quoted) => `{"type":"input_json_delta","partial_json":${quoted}}`,
}

const SHAPE: BlockShape<string> = {
  start: (index, kind, call) =>
    JSON.stringify({ type: 'content_block_start', index, content_block: emptyBlock(kind, call) }),
  delta: (index, kind, quoted) => blockDelta(index, DELTAS[kind](quoted)),
  seal: (index, kind) =>
    kind === 'reasoning'
      ? blockDelta(index, `{"type":"signature_delta","signature":"${SIGNATURE}"}`)
      : undefined,
  stop: (index) => `{"type":"content_block_stop","index":${index}}`,
}

function emptyBlock(kind: BlockKind, call: Choice['call']): object {
  if (kind === 'reasoning') return { type: 'thinking', thinking: '', signature: '' }
  return kind === 'text' ? { type: 'text', text: '' } : { type: 'tool_use', ...call, input: {} }
}

function blockDelta(index: number, fields: string): string {
  return `{"type":"content_block_delta","index":${index},"delta":${fields}}`
}
