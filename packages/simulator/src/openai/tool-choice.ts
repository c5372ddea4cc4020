import type { Ask } from '../answer.ts'
import type { Tool } from '../toolcall.ts'

type Choice = Pick<Ask, 'tool' | 'toolRequired'> | { readonly complaint: string }

/** What `tool_choice` means; `mode`: where it is a word, `named`: where it names a tool. */
export function chooseTool(
  tools: readonly Tool[],
  { mode, named }: { readonly mode: string | undefined; readonly named: string | undefined },
): Choice {
  const tool = named === undefined ? tools[0] : tools.find(({ name }) => name === named)
  const toolRequired = named !== undefined || mode === 'required'
  if (tool !== undefined && mode !== 'none') return { tool, toolRequired }
  return toolRequired ? { complaint: 'tool_choice: asks for a tool that is not in tools' } : { toolRequired }
}
