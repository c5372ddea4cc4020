import { LoadbenchError, type Call, type ChatSettings, type HttpRequest, type Tool } from 'loadbench/plugin'
import type { OllamaSettings } from '../settings.ts'
import { extraFields, optionsOf, type Fields } from './fields.ts'
import { requestHeaders, type Headers } from './headers.ts'
import { wireMessage } from './message.ts'
import { pathAt } from './path.ts'

const ROUTES = {
  chat: '/api/chat',
  completion: '/api/generate',
  embedding: '/api/embed',
} as const satisfies Record<Call['kind'], string>

/**
 * The request for a call.
 * @param headers those of the client, see `clientHeaders`.
 * @throws LB_CALL_INVALID for what Ollama cannot be sent, or cannot do without.
 */
export function encodeCall(call: Call, target: URL, settings: OllamaSettings, headers: Headers): HttpRequest {
  const streamed = call.kind !== 'embedding' && call.stream !== false
  const body: Fields = {
    model: call.model ?? settings.model,
    ...kindFields(call, settings),
    keep_alive: settings.keepAlive,
    ...extraFields(settings, call),
    options: optionsOf(settings, call),
    // Said in any case: Ollama streams where nothing is said. An embedding has no such field.
    stream: call.kind === 'embedding' ? undefined : streamed,
  }
  requireFields(call, body)
  return {
    method: 'POST',
    path: pathAt(target, ROUTES[call.kind]),
    headers: requestHeaders(streamed ? 'application/x-ndjson' : 'application/json', headers),
    body: JSON.stringify(body),
  }
}

function kindFields(call: Call, { think, format }: OllamaSettings): Fields {
  switch (call.kind) {
    case 'chat':
      return { ...chatFields(call), think, format }
    case 'completion':
      return { prompt: call.prompt, think, format }
    case 'embedding':
      return { input: call.input, dimensions: call.dimensions }
  }
}

function chatFields({ messages, tools, toolChoice }: ChatSettings): Fields {
  return {
    // Scripts are stripped of their types, not checked: see `requireFields`.
    messages: Array.isArray(messages) ? messages.map((message) => wireMessage(message, messages)) : undefined,
    // Ollama has no choice of tools; of its values only "none" can be kept without one.
    tools: toolChoice === 'none' ? undefined : tools?.map(wireTool),
  }
}

function wireTool({ name, description, parameters }: Tool): Fields {
  return { type: 'function', function: { name, description, parameters } }
}

const NEEDED = {
  chat: ['messages', "chat({ messages: [{ role: 'user', content: 'Why is the sky blue?' }] })"],
  completion: ['prompt', "complete({ prompt: 'Once upon a time' })"],
  embedding: ['input', "embed({ input: ['some text', 'some other'] })"],
} as const satisfies Record<Call['kind'], readonly [string, string]>

function requireFields({ kind }: Call, body: Fields): void {
  if (!body['model']) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      `a ${kind} call names no model`,
      "Name it in the client, ollama({ model: '…' }), or in the call. `ollama list` tells what a server has.",
    )
  }
  const [field, example] = NEEDED[kind]
  if (body[field] !== undefined) return
  // Without it the server would load the model, and answer well that it did.
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `a ${kind} call has no \`${field}\``,
    `Give it some: ${example}.`,
  )
}
