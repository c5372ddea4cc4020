import { LoadbenchError, type Call, type HttpRequest } from 'loadbench/plugin'
import { converseFields } from './converse/request.ts'
import { invokeFields, invokeHeaders } from './invoke/request.ts'
import type { BedrockSettings } from './settings.ts'
import { withExtra } from './turns/fields.ts'

/** Bedrock's operations, by the end of their path. */
type Operation = 'converse' | 'converse-stream' | 'invoke' | 'invoke-with-response-stream'

/** Whether a call is one of Converse or of InvokeModel. */
export function isConverse(call: Call, { api }: BedrockSettings): call is Extract<Call, { kind: 'chat' }> {
  return call.kind === 'chat' && api !== 'invoke'
}

/** Whether the answer is wanted as a stream. */
export function isStreamed(call: Call): boolean {
  return call.kind !== 'embedding' && call.stream !== false
}

/**
 * The request for a call.
 * @throws LB_CALL_INVALID for what cannot be sent.
 */
export function encodeCall(call: Call, target: URL, settings: BedrockSettings): HttpRequest {
  const model = call.model ?? settings.model
  if (!model) throw noModel(call)
  const converse = isConverse(call, settings)
  const streamed = isStreamed(call)
  const fields = converse ? converseFields(call, settings) : invokeFields(call, model, settings)
  const base = target.pathname.replace(/\/+$/, '')
  const operation: Operation = converse
    ? `converse${streamed ? '-stream' : ''}`
    : `invoke${streamed ? '-with-response-stream' : ''}`
  return {
    method: 'POST',
    path: `${base}/model/${segment(model)}/${operation}${target.search}`,
    headers: {
      'content-type': 'application/json',
      accept: streamed ? 'application/vnd.amazon.eventstream' : 'application/json',
      'accept-encoding': 'identity',
      ...(converse ? {} : invokeHeaders(settings, streamed)),
    },
    body: JSON.stringify(withExtra(fields, settings.extra, call.extra)),
  }
}

/** An id or ARN as one segment of a path, with every character encoded that AWS encodes when it signs. */
function segment(model: string): string {
  return encodeURIComponent(model).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function noModel(call: Call): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `a ${call.kind} call names no model`,
    "Name it in the client, bedrock({ model: '…' }), or in the call: the id of a model or of an inference profile, or an ARN. `aws bedrock list-inference-profiles` lists what you have.",
  )
}
