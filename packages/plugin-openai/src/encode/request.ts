import { LoadbenchError, type Call, type HttpRequest } from 'loadbench/plugin'
import type { OpenAISettings } from '../settings.ts'
import { chatFields } from './chat.ts'
import { completionFields } from './completion.ts'
import { commonFields, extraFields, streamFields, type Fields } from './fields.ts'
import { requestHeaders } from './headers.ts'

/**
 * The request for a call.
 * @param headers those of the client, see `clientHeaders`.
 * @throws LB_CALL_INVALID where a field no server can do without is missing.
 */
export function encodeCall(
  call: Call,
  target: URL,
  settings: OpenAISettings,
  headers: HttpRequest['headers'],
): HttpRequest {
  const extra = extraFields(call, settings)
  const body = {
    ...commonFields(call, settings),
    ...routeFields(call),
    ...extra,
    ...streamFields(call, settings, extra),
  }
  if (!body['model']) throw noModel(call)
  return {
    method: 'POST',
    path: `${basePath(target)}${ROUTE_PATHS[call.kind]}${target.search}`,
    headers: requestHeaders(call, headers),
    body: JSON.stringify(body),
  }
}

const ROUTE_PATHS = {
  chat: '/chat/completions',
  completion: '/completions',
} as const satisfies Record<Call['kind'], string>

function routeFields(call: Call): Fields {
  if (call.kind === 'chat') return chatFields(call)
  return completionFields(call)
}

/** `/v1` for an address without a path; any other path is the base itself, as in OpenAI's clients. */
function basePath(target: URL): string {
  let end = target.pathname.length
  while (end > 0 && target.pathname[end - 1] === '/') end -= 1
  return end === 0 ? '/v1' : target.pathname.slice(0, end)
}

function noModel(call: Call): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `a ${call.kind} call names no model`,
    "Name it in the client, openai({ model: '…' }), or in the call. GET /v1/models lists what a server has.",
  )
}
