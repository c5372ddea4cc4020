import type { Choice } from '../answer.ts'
import type { ToolCall } from '../toolcall.ts'

/** What the lines of `/api/chat` and `/api/generate` differ in, as the start of a JSON object without its brace. */
export interface Shape {
  /** Around text, and reasoning where there is any; both as JSON strings. */
  said(text: string, thinking?: string): string
  /** Around a call, its arguments as a JSON object. Only chats have tools. */
  call(call: ToolCall, args: string): string
}

export const CHAT: Shape = {
  said: (text, thinking) =>
    `"message":{"role":"assistant","content":${text}${thinking === undefined ? '' : `,"thinking":${thinking}`}}`,
  call: ({ id, name }, args) =>
    `"message":{"role":"assistant","content":"","tool_calls":[{"id":"${id}","function":{"index":0,"name":${JSON.stringify(name)},"arguments":${args}}}]}`,
}

export const GENERATE: Shape = {
  said: (text, thinking) => `"response":${text}${thinking === undefined ? '' : `,"thinking":${thinking}`}`,
  call: () => '"response":""',
}

/** Where every answer's JSON starts. */
export function headOf({ model, created }: { readonly model: string; readonly created: number }): string {
  return JSON.stringify({ model, created_at: new Date(created * 1_000).toISOString() }).slice(0, -1)
}

/** Ollama knows no other reasons. */
export function doneReason({ finish }: Choice): 'stop' | 'length' {
  return finish === 'length' ? 'length' : 'stop'
}
