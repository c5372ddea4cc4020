import { isObject, isText, jsonText, type JsonObject, type Part, type ToolDelta } from 'loadbench/plugin'

/** Elements of a response's `output` that are calls of tools, and the field with what the model wrote. */
const CALLS: ReadonlyMap<unknown, string> = new Map([
  ['function_call', 'arguments'],
  ['custom_tool_call', 'input'],
  ['mcp_call', 'arguments'],
  ['code_interpreter_call', 'code'],
  ['apply_patch_call', 'operation'],
  // Code that calls tools.
  ['program', 'code'],
])

/** The place of an event's item in the output. */
export function placeOf({ output_index: index }: JsonObject): number {
  return Number.isSafeInteger(index) && (index as number) >= 0 ? (index as number) : 0
}

/** The beginning of a tool call: its name; `undefined` for any other item. A tool of the server goes by its type. */
export function namedCall(item: JsonObject, index: number): ToolDelta | undefined {
  const { type, name, call_id: callId, id } = item
  if (typeof type !== 'string' || !CALLS.has(type)) return undefined
  const known = [callId, id].find(isText)
  return {
    type: 'tool-delta',
    index,
    ...(known === undefined ? {} : { id: known }),
    name: isText(name) ? name : type.replace(/_call$/, ''),
    arguments: '',
  }
}

/** What a finished item holds, as if it had come in one delta. */
export function contentOfItem(item: JsonObject, index: number): Part[] {
  const written = CALLS.get(item['type'])
  if (written !== undefined) {
    const text = writtenText(item[written])
    return text === '' ? [] : [{ type: 'tool-delta', index, arguments: text }]
  }
  if (item['type'] === 'message')
    return textsIn(item['content']).map((text) => ({ type: 'text-delta', text }))
  if (item['type'] !== 'reasoning') return []
  return [...textsIn(item['content']), ...textsIn(item['summary'])].map((text) => ({
    type: 'reasoning-delta',
    text,
  }))
}

function writtenText(written: unknown): string {
  return typeof written === 'string' ? written : isObject(written) ? jsonText(written) : ''
}

function textsIn(pieces: unknown): string[] {
  if (!Array.isArray(pieces)) return []
  return pieces
    .map((piece: unknown) => (isObject(piece) ? (piece['text'] ?? piece['refusal']) : piece))
    .filter(isText)
}
