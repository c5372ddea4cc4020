import { LoadbenchError, type Call, type ChatSettings, type Tool } from 'loadbench/plugin'
import type { Fields } from './fields.ts'
import { inputItems } from './input-items.ts'

/**
 * The fields of a chat call as the Responses API names them. It has no `seed`, `stop` and `n`.
 * @throws LB_CALL_INVALID for a call that is no chat, or has no messages.
 */
export function responsesFields(call: Call): Fields {
  if (call.kind !== 'chat') {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `the Responses API takes no call of kind "${call.kind}"`,
      'Give it messages: respond({ messages: […] }).',
    )
  }
  return {
    input: inputItems(call),
    tools: call.tools?.map(wireTool),
    tool_choice: wireToolChoice(call.toolChoice),
    max_output_tokens: call.maxTokens,
    temperature: call.temperature,
    top_p: call.topP,
    stream: call.stream !== false,
  }
}

/** `strict` is the default here, and not in chat completions; a tool should mean the same in both. */
function wireTool({ name, description, parameters }: Tool): Fields {
  return {
    type: 'function',
    name,
    description,
    parameters: parameters ?? { type: 'object', properties: {} },
    strict: false,
  }
}

function wireToolChoice(choice: ChatSettings['toolChoice']): unknown {
  return typeof choice === 'object' ? { type: 'function', name: choice.name } : choice
}
