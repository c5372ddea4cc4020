import { LoadbenchError, type Call, type HttpRequest } from 'loadbench/plugin'
import type { Host, Route } from '../host.ts'
import type { RequestSettings } from '../settings.ts'
import { addChatFields } from './chat.ts'
import { embeddingFields } from './embedding.ts'
import { addSamplingFields, addStreamFields, extraFields, type Fields } from './fields.ts'
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
  const extra = extraFields(call, host.settings)
  return post('responses', { model: undefined, ...fields, ...extra, stream }, call, target, host)
}

/** Field by field into one object: spread together, they cost more than all else that a request needs. */
function routeFields(call: Call, settings: RequestSettings): Fields {
  const extra = extraFields(call, settings)
  const fields: Fields = { model: undefined }
  if (call.kind === 'embedding') return Object.assign(fields, embeddingFields(call, settings, extra), extra)
  if (call.kind === 'chat') addChatFields(fields, call)
  else fields['prompt'] = call.prompt
  addSamplingFields(fields, call, settings)
  Object.assign(fields, extra)
  addStreamFields(fields, call, settings)
  return fields
}

function post(route: Route, fields: Fields, call: Call, target: URL, host: Host): HttpRequest {
  const { model = host.modelOf(call) } = fields
  if (typeof model !== 'string' || model === '') {
    throw new LoadbenchError('LB_CALL_INVALID', `a ${call.kind} call names no model`, host.modelHint)
  }
  fields['model'] = model
  return {
    method: 'POST',
    path: host.path(route, target, model),
    headers: requestHeaders(call, host),
    body: JSON.stringify(fields),
  }
}
