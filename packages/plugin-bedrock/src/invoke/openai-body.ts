import { openaiPlugin } from '@loadbench/plugin-openai'
import { isObject, type GenerationCall } from 'loadbench/plugin'
import type { Fields, Limits } from '../turns/fields.ts'

/** A model of another maker in OpenAI's form, or a container that speaks OpenAI's protocol. */
export type OpenAIForm = 'openai' | 'container'

/**
 * The body of a call in OpenAI's form, as its plugin writes it. `model` is left out: the path names it, and
 * a container knows it by another name. Bedrock's own models know chats only and say by the path whether they
 * stream; a container, imported or from the marketplace, takes prompts and has to be told.
 */
export function openaiFields(call: GenerationCall, { maxTokens }: Limits, form: OpenAIForm): Fields {
  const { extra: _joinedLater, ...rest } = form === 'openai' ? asChat(call) : call
  const maxTokensField = /\bopenai\./.test(call.model ?? '') ? 'max_completion_tokens' : 'max_tokens'
  const plugin = openaiPlugin({ includeUsage: form === 'container', maxTokensField })
  const { body } = plugin.encode({ ...rest, model: 'in the path', maxTokens }, new URL('http://localhost'))
  const fields: unknown = JSON.parse(String(body))
  if (!isObject(fields)) return {}
  const { model: _inPath, stream, ...others } = fields
  return form === 'container' ? { ...others, stream } : others
}

function asChat(call: GenerationCall): GenerationCall {
  if (call.kind === 'chat') return call
  const { prompt, ...settings } = call
  return { ...settings, kind: 'chat', messages: [{ role: 'user', content: prompt }] }
}
