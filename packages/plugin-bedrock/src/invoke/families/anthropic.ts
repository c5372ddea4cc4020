import { isAmount, isObject, isText, type ChatSettings, type JsonObject } from 'loadbench/plugin'
import type { Answer } from '../../answer/answer.ts'
import { usageOf, type CountNames } from '../../answer/usage.ts'
import { NO_PARAMETERS } from '../../converse/tools.ts'
import { inputText } from '../../converse/event.ts'
import type { Fields } from '../../turns/fields.ts'
import { conversationOf, type Block } from '../../turns/turns.ts'
import type { TextFamily } from '../family.ts'

/** Claude, in the form of Anthropic's Messages API. */
export const anthropic: TextFamily = {
  body(call, { maxTokens, temperature, topP, stop }) {
    const { system, turns } = conversationOf(call)
    return {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: maxTokens,
      system: system.length === 0 ? undefined : system.join('\n\n'),
      messages: turns.map(({ role, blocks }) => ({ role, content: blocks.map(wireBlock) })),
      temperature,
      top_p: topP,
      stop_sequences: stop,
      ...(call.kind === 'chat' ? wireTools(call) : undefined),
    }
  },
  chunk(chunk, answer) {
    const { type, index, message, content_block: begun, delta } = chunk
    const block = isAmount(index) ? index : 0
    if (type === 'content_block_delta') {
      if (isObject(delta)) readDelta(delta, block, answer)
    } else if (type === 'content_block_start') {
      if (isObject(begun)) readBlock(begun, block, answer, true)
    } else if (type === 'message_start') {
      if (isObject(message)) readUsage(message['usage'], answer, true)
    } else if (type === 'message_delta') {
      if (isObject(delta) && isText(delta['stop_reason'])) answer.stopReason = delta['stop_reason']
      readUsage(chunk['usage'], answer)
    } else if (type === 'message_stop') answer.end(answer.stopReason ?? 'unknown')
    else if (type === 'error') readError(chunk['error'], answer)
  },
  whole(body, answer) {
    const { content, usage, stop_reason: reason } = body
    if (!Array.isArray(content)) return false
    for (const [place, block] of content.entries()) {
      if (isObject(block)) readBlock(block, place, answer, false)
    }
    readUsage(usage, answer)
    answer.end(isText(reason) ? reason : 'unknown')
    return true
  },
}

const COUNTS: CountNames = {
  input: 'input_tokens',
  output: 'output_tokens',
  read: 'cache_read_input_tokens',
  written: 'cache_creation_input_tokens',
}

/** @param begins the count of output is a placeholder then. */
function readUsage(usage: unknown, answer: Answer, begins = false): void {
  if (!isObject(usage)) return
  answer.usage(usageOf(begins ? { ...usage, output_tokens: undefined } : usage, COUNTS))
}

/** @param begins its arguments follow: what stands there now, `{}`, is none. */
function readBlock(block: JsonObject, place: number, answer: Answer, begins: boolean): void {
  const { type, text, thinking, id, name, input } = block
  if (type === 'tool_use') answer.tool(place, id, name, begins ? '' : inputText(input))
  answer.reasoning(thinking)
  answer.text(text)
}

function readDelta(
  { text, thinking, partial_json: written }: JsonObject,
  block: number,
  answer: Answer,
): void {
  answer.text(text)
  answer.reasoning(thinking)
  if (isText(written)) answer.toolInput(block, written)
}

function readError(error: unknown, answer: Answer): void {
  const { type, message } = isObject(error) ? error : {}
  const code = isText(type) ? type : 'error'
  answer.add({
    type: 'error',
    ...(code === 'overloaded_error' ? { class: 'overloaded' } : {}),
    ...(code === 'rate_limit_error' ? { class: 'rate_limited' } : {}),
    code,
    message: isText(message) ? message : `the model ended the stream with ${code}`,
  })
}

function wireBlock(block: Block): Fields {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text }
    case 'image':
      return {
        type: 'image',
        source: { type: 'base64', media_type: block.image.mediaType, data: block.image.base64 },
      }
    case 'tool-use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input }
    case 'tool-result':
      return { type: 'tool_result', tool_use_id: block.id, content: block.content.map(wireBlock) }
  }
}

function wireTools({ tools, toolChoice }: ChatSettings): Fields | undefined {
  if (tools === undefined || tools.length === 0) return undefined
  return {
    tools: tools.map(({ name, description, parameters = NO_PARAMETERS }) => ({
      name,
      description,
      input_schema: parameters,
    })),
    tool_choice: wireChoice(toolChoice),
  }
}

function wireChoice(choice: ChatSettings['toolChoice']): Fields | undefined {
  if (choice === undefined) return undefined
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}
