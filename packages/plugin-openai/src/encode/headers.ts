import type { Call } from 'loadbench/plugin'
import type { OpenAISettings } from '../settings.ts'

type Headers = Readonly<Record<string, string>>

/** The headers that are the same for every call of a client. Reads `OPENAI_API_KEY`. */
export function clientHeaders(settings: OpenAISettings): Headers {
  const { organization, project } = settings
  const apiKey = settings.apiKey ?? process.env['OPENAI_API_KEY'] ?? ''
  return {
    ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(organization === undefined ? {} : { 'openai-organization': organization }),
    ...(project === undefined ? {} : { 'openai-project': project }),
    ...lowerCased(settings.headers),
  }
}

/**
 * All headers of one request. Nothing compressed is asked for: a server that compresses without
 * flushing holds tokens back, and the time to first token would be that of its buffer.
 */
export function requestHeaders(call: Call, ofClient: Headers): Headers {
  return {
    'content-type': 'application/json',
    accept: call.stream === false ? 'application/json' : 'text/event-stream',
    'accept-encoding': 'identity',
    ...ofClient,
    ...lowerCased(call.headers),
  }
}

function lowerCased(headers: Headers | undefined): Headers {
  const lower: Record<string, string> = {}
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? ''
  return lower
}
