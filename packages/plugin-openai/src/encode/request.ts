import { LoadbenchError, type Call, type HttpRequest } from 'loadbench/plugin'
import type { Host, Route } from '../host.ts'
import type { RequestSettings } from '../settings.ts'
import { chatFields } from './chat.ts'
import { embeddingFields } from './embedding.ts'
import { extraFields, samplingFields, streamFields, type Fields } from './fields.ts'
import { requestHeaders } from './headers.ts'
import { responsesFields } from './responses.ts'

const ROUTES = {
  chat: 'chat/completions',
  completion: 'completions',
  embedding: 'embeddings',
} as const satisfies Record<Call['kind'], Route>

/**
 * The request for a call, on the route of its kind.
 * @throws LB_CALL_INVALID where a field no server can do without is missing.
 */
export function encodeCall(call: Call, target: URL, host: Host): HttpRequest {
  return post(ROUTES[call.kind], routeFields(call, host.settings), call, target, host)
}

/**
 * The request for a chat call, on the Responses API.
 * @throws LB_CALL_INVALID likewise.
 */
export function encodeResponse(call: Call, target: URL, host: Host): HttpRequest {
  const { stream, ...fields } = responsesFields(call)
  return post('responses', { ...fields, ...extraFields(call, host.settings), stream }, call, target, host)
}

function routeFields(call: Call, settings: RequestSettings): Fields {
  const extra = extraFields(call, settings)
  if (call.kind === 'embedding') return { ...embeddingFields(call, settings, extra), ...extra }
  return {
    ...(call.kind === 'chat' ? chatFields(call) : { prompt: call.prompt }),
    ...samplingFields(call, settings),
    ...extra,
    ...streamFields(call, settings, extra),
  }
}

function post(route: Route, fields: Fields, call: Call, target: URL, host: Host): HttpRequest {
  const { model = host.modelOf(call), ...rest } = fields
  if (typeof model !== 'string' || model === '') {
    throw new LoadbenchError('LB_CALL_INVALID', `a ${call.kind} call names no model`, host.modelHint)
  }
  return {
    method: 'POST',
    path: host.path(route, target, model),
    headers: requestHeaders(call, host),
    body: JSON.stringify({ model, ...rest }),
  }
}
