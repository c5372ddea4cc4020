import { LoadbenchError, type Call, type HttpRequest, type ProviderPlugin } from 'loadbench/plugin'
import { sagemakerProbe } from '../probe/sagemaker.ts'
import { REGION_HINT, regionalTarget, TARGET_VARIABLES } from '../signing/endpoint.ts'
import { signer } from '../signing/sign.ts'
import { bodyWriter } from './body.ts'
import { endpointDecoder, isEventStream } from './decoder.ts'
import { invocationHeaders } from './headers.ts'
import { payloadFraming } from './payload-framing.ts'
import type { SageMakerSettings } from './settings.ts'

/** The codec of SageMaker endpoints: what `sagemaker(settings)` binds to a target. Calls need `endpoint`. */
export function sagemakerPlugin(settings: Partial<SageMakerSettings> = {}): ProviderPlugin {
  const headers = invocationHeaders(settings)
  const bodyOf = bodyWriter(settings)
  return {
    apiVersion: 1,
    name: 'sagemaker',
    targetVariables: TARGET_VARIABLES['runtime.sagemaker'],
    encode: (call, target): HttpRequest => ({
      method: 'POST',
      path: invocationPath(call, target, settings.endpoint),
      headers,
      body: bodyOf(call),
    }),
    framing: (head) => (isEventStream(head) ? payloadFraming : 'whole'),
    decoder: (head, call) => endpointDecoder(head, call, settings),
    defaultTarget: regionalTarget(settings, 'runtime.sagemaker'),
    defaultTargetHint: REGION_HINT,
    sign: signer(settings, 'sagemaker'),
    probe: sagemakerProbe,
  }
}

/** @throws LB_CALL_INVALID where no endpoint is named. */
function invocationPath(call: Call, target: URL, endpoint = ''): string {
  if (endpoint === '') {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      'no endpoint is named',
      "Name it in the client, sagemaker({ endpoint: '…' }). `aws sagemaker list-endpoints` lists those there are.",
    )
  }
  const streamed = call.kind !== 'embedding' && call.stream !== false
  const route = streamed ? 'invocations-response-stream' : 'invocations'
  return `${target.pathname.replace(/\/+$/, '')}/endpoints/${encodeURIComponent(endpoint)}/${route}${target.search}`
}
