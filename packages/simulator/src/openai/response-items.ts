import type { Answer, Choice } from '../answer.ts'
import type { Facts } from '../protocol.ts'
import type { ToolCall } from '../toolcall.ts'

/** A run of tokens that is one item of a response's `output`. */
export interface Item {
  readonly kind: 'reasoning' | 'message' | 'function_call'
  readonly id: string
  /** Its tokens: `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  readonly call?: ToolCall
}

/** The items of an answer, in their order; an empty one has none. */
export function itemsOf(choice: Choice | undefined, { id }: Pick<Facts, 'id'>): readonly Item[] {
  if (choice === undefined) return []
  const { tokens, reasoning, call } = choice
  const items: Item[] = []
  if (reasoning > 0) items.push({ kind: 'reasoning', id: `rs_${id}`, from: 0, to: reasoning })
  if (tokens.length === reasoning) return items
  const rest = { from: reasoning, to: tokens.length }
  items.push(
    call === undefined
      ? { kind: 'message', id: `msg_${id}`, ...rest }
      : { kind: 'function_call', id: `fc_${id}`, ...rest, call },
  )
  return items
}

/** The part of an item's content that holds its text; a call has none. */
export function contentPart({ kind }: Item, text: string) {
  return kind === 'reasoning'
    ? { type: 'reasoning_text', text }
    : { type: 'output_text', text, annotations: [], logprobs: [] }
}

/** An item as JSON: begun, or done with its `text`. */
export function itemBody(item: Item, text?: string) {
  const status = text === undefined ? 'in_progress' : 'completed'
  const { kind: type, id } = item
  if (type === 'function_call')
    return { type, id, call_id: item.call?.id, name: item.call?.name, arguments: text ?? '', status }
  const content = text === undefined ? [] : [contentPart(item, text)]
  return type === 'reasoning'
    ? { type, id, summary: [], content, status }
    : { type, id, role: 'assistant', content, status }
}

/** The response itself: begun, or ended, with everything said. */
export function responseBody(answer: Answer, facts: Facts, ended: boolean) {
  const [choice] = answer.choices
  const cut = ended ? incompleteBy(choice) : undefined
  const items = ended ? itemsOf(choice, facts) : []
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.created,
    status: !ended ? 'in_progress' : cut === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: cut === undefined ? null : { reason: cut },
    instructions: null,
    metadata: {},
    model: facts.model,
    output: items.map((item) => itemBody(item, choice?.tokens.slice(item.from, item.to).join(''))),
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: ended && facts.usage !== 'never' ? responseUsage(answer) : null,
  }
}

function incompleteBy(choice: Choice | undefined): 'max_output_tokens' | 'content_filter' | undefined {
  if (choice?.finish === 'length') return 'max_output_tokens'
  return choice?.finish === 'content_filter' ? 'content_filter' : undefined
}

function responseUsage({ promptTokens, cachedTokens = 0, outputTokens, reasoningTokens }: Answer) {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cachedTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: promptTokens + outputTokens,
  }
}
