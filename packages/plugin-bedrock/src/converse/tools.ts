import type { ChatSettings, Tool } from 'loadbench/plugin'
import type { Fields } from '../turns/fields.ts'

/** What a tool without parameters takes: an object with nothing in it. */
export const NO_PARAMETERS = { type: 'object', properties: {} }

/**
 * The tools of a call as Converse and Nova take them. There is no choice `none`: the tools are left out,
 * unless the history has calls of them, which Bedrock refuses without their definitions.
 */
export function wireTools({ tools, toolChoice, messages }: ChatSettings): Fields | undefined {
  if (tools === undefined || tools.length === 0) return undefined
  if (toolChoice === 'none') {
    const used = messages.some(({ role, toolCalls = [] }) => role === 'tool' || toolCalls.length > 0)
    return used ? { tools: tools.map(wireTool) } : undefined
  }
  return { tools: tools.map(wireTool), toolChoice: wireChoice(toolChoice) }
}

function wireTool({ name, description, parameters = NO_PARAMETERS }: Tool): Fields {
  return { toolSpec: { name, description, inputSchema: { json: parameters } } }
}

function wireChoice(choice: Exclude<ChatSettings['toolChoice'], 'none'>): Fields | undefined {
  if (choice === undefined) return undefined
  if (typeof choice === 'object') return { tool: { name: choice.name } }
  return choice === 'required' ? { any: {} } : { auto: {} }
}
