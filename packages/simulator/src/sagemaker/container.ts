import type { Protocol } from '../protocol.ts'
import { chat } from '../openai/chat.ts'
import { completion } from '../openai/completion.ts'
import { compat } from '../tgi/generate.ts'
import { tokenLines } from './djl.ts'
import { jsonLines } from './json-lines.ts'

/** What a container speaks, by the body it is given. */
type Container = (body: unknown) => Protocol

const openai: Container = (body) => (has(body, 'messages') ? chat : completion)

/** By how an endpoint's name ends, the first that fits. */
const BY_NAME: readonly (readonly [ending: string, container: Container])[] = [
  ['-tgi', (body) => (has(body, 'inputs') ? compat : openai(body))],
  ['-djl-tokens', () => tokenLines],
  ['-djl', (body) => (has(body, 'inputs') ? tokenLines : jsonLines(openai(body)))],
]

/** The wire format of the container behind an endpoint; where its name does not tell, vLLM's. */
export function innerProtocol(endpoint: string, body: unknown): Protocol {
  const named = BY_NAME.find(([ending]) => endpoint.endsWith(ending))
  return (named?.[1] ?? openai)(body)
}

function has(body: unknown, field: string): boolean {
  return typeof body === 'object' && body !== null && field in body
}
