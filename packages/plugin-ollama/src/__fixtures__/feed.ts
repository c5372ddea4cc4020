import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Call, Part, ResponseHead } from 'loadbench/plugin'
import { ollamaPlugin } from '../plugin.ts'

export const STREAM: ResponseHead = { status: 200, headers: { 'content-type': 'application/x-ndjson' } }
export const WHOLE: ResponseHead = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
}

export const CHAT: Call = { kind: 'chat', model: 'llama3', messages: [{ role: 'user', content: 'Hi' }] }
export const COMPLETION: Call = { kind: 'completion', model: 'llama3', prompt: 'Hi' }
export const EMBEDDING: Call = { kind: 'embedding', model: 'all-minilm', input: ['a', 'b'] }

/** The parts of a response's frames, in order. A frame that is no text is written as JSON. */
export function feed(frames: readonly unknown[], call: Call = CHAT, head: ResponseHead = STREAM): Part[] {
  const decode = ollamaPlugin().decoder(head, call)
  return frames.flatMap((data) => decode({ data: typeof data === 'string' ? data : JSON.stringify(data) }))
}

export function recording(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8')
}
