import type { OllamaSettings } from '../settings.ts'

export type Headers = Readonly<Record<string, string>>

/** The headers that are the same for every request of a client. Reads `OLLAMA_API_KEY`. */
export function clientHeaders(settings: OllamaSettings): Headers {
  const apiKey = settings.apiKey ?? process.env['OLLAMA_API_KEY'] ?? ''
  const headers: Record<string, string> = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }
  for (const [name, value] of Object.entries(settings.headers ?? {})) headers[name.toLowerCase()] = value
  return headers
}

/**
 * All headers of a request that holds JSON. Nothing compressed is asked for: a server that compresses
 * without flushing holds tokens back, and the time to first token would be that of its buffer.
 */
export function requestHeaders(accept: string, ofClient: Headers): Headers {
  return { 'content-type': 'application/json', accept, 'accept-encoding': 'identity', ...ofClient }
}
