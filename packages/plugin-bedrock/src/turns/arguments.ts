import { isObject, LoadbenchError, type JsonObject, type ToolCall } from 'loadbench/plugin'

/**
 * The arguments of an earlier tool call, which Bedrock wants as an object, not as text.
 * @throws LB_CALL_INVALID for text that is no JSON object.
 */
export function parseArguments({ name, arguments: written }: ToolCall): JsonObject {
  if (written.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch {
    value = undefined
  }
  if (isObject(value)) return value
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `the arguments of the tool call "${name}" are no JSON object: ${written.slice(0, 60)}`,
    'Bedrock takes a tool call of the history as an object. Leave out turns whose arguments the model broke.',
  )
}
