import { pick, type Random } from './random.ts'
import { speak } from './words.ts'

/** A function the model may call. `parameters` is its JSON schema, if it has one. */
export interface Tool {
  readonly name: string
  readonly parameters?: unknown
}

export interface ToolCall {
  readonly id: string
  readonly name: string
}

export function toolCall(tool: Tool, random: Random): ToolCall {
  return {
    id: `call_${pick(2 ** 32, random)
      .toString(16)
      .padStart(8, '0')}`,
    name: tool.name,
  }
}

/**
 * Arguments that fit the tool's parameters, as JSON text in `count` fragments; fewer where the text has
 * fewer characters, which takes parameters without any text among them.
 */
export function callArguments(tool: Tool, count: number, random: Random): string[] {
  const phrase = speak(Math.ceil(count / 2), random).join('')
  const text = JSON.stringify(valueOf({ type: 'object', ...asObject(tool.parameters) }, phrase))
  const fragments = Math.min(count, text.length)
  return Array.from({ length: fragments }, (_, at) =>
    text.slice(Math.floor((at * text.length) / fragments), Math.floor(((at + 1) * text.length) / fragments)),
  )
}

/** Some value that a JSON schema allows; `phrase` wherever it asks for text. */
function valueOf(schema: unknown, phrase: string): unknown {
  const { type, properties, items, enum: choices } = asObject(schema)
  if (Array.isArray(choices) && choices.length > 0) return choices[0] as unknown
  const kind: unknown = Array.isArray(type) ? type[0] : type
  if (kind === 'number' || kind === 'integer') return 1
  if (kind === 'boolean') return true
  if (kind === 'null') return null
  if (kind === 'array') return [valueOf(items, phrase)]
  if (kind !== 'object') return phrase
  const fields = Object.entries(asObject(properties))
  return Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field, phrase)]))
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
