import { isAmount, isObject, isText, type JsonObject } from '../../model/json.ts'
import type { Part } from '../../model/part.ts'
import type { Decoder, ProviderPlugin } from '../../model/provider.ts'

/** A small provider that does everything a plugin can: JSON lines, or one object for a whole answer. */
export const linesPlugin: ProviderPlugin = {
  apiVersion: 1,
  name: 'lines',
  targetVariables: ['LINES_URL'],
  encode: ({ kind, model, extra, ...rest }, target) => ({
    method: 'POST',
    path: `${target.pathname.replace(/\/$/, '')}/${kind}`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-of-lines' },
    body: JSON.stringify({ ...extra, model, ...rest }),
  }),
  framing: ({ headers }) => (headers['content-type']?.includes('ndjson') ? 'ndjson' : 'whole'),
  decoder: ({ status }) => linesDecoder(status),
  warmUp: () => [{ method: 'GET', path: '/load', headers: {} }],
  probe: {
    requests: () => [{ name: 'about', url: '/about' }],
    identify: ({ about }) =>
      isObject(about?.json) && isText(about.json['version'])
        ? { server: 'lines', version: about.json['version'] }
        : undefined,
  },
}

export function linesDecoder(status: number): Decoder {
  return ({ data }) => {
    let line: unknown
    try {
      line = JSON.parse(data)
    } catch {
      return [{ type: 'error', ...(status >= 400 ? {} : { class: 'malformed' }), message: `not JSON: ${data}` }]
    }
    if (!isObject(line)) return [{ type: 'error', class: 'malformed', message: 'not an object' }]
    return [...contentOf(line), ...endOf(line)]
  }
}

function contentOf(line: JsonObject): Part[] {
  const { token, thought, tool } = line
  const parts: Part[] = []
  if (isText(thought)) parts.push({ type: 'reasoning-delta', text: thought })
  if (isText(token)) parts.push({ type: 'text-delta', text: token })
  if (isText(tool)) parts.push({ type: 'tool-delta', index: 0, id: '1', name: tool, arguments: String(line['with']) })
  return parts
}

function endOf({ done, sent, made, error, code }: JsonObject): Part[] {
  const parts: Part[] = []
  if (isAmount(sent) && isAmount(made)) parts.push({ type: 'usage', inputTokens: sent, outputTokens: made })
  if (isText(done)) parts.push({ type: 'finish', reason: done })
  if (isText(error)) {
    const coded = isText(code) ? { code } : {}
    const known = code === 'busy' ? ({ class: 'overloaded' } as const) : {}
    parts.push({ type: 'error', ...known, ...coded, message: error })
  }
  return parts
}
