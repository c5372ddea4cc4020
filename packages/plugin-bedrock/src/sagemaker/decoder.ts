import { openaiPlugin } from '@loadbench/plugin-openai'
import { tgiPlugin } from '@loadbench/plugin-tgi'
import type { Call, Decoder, ResponseHead } from 'loadbench/plugin'
import { readHttpError, readStreamException, type ErrorContext } from '../errors/error.ts'
import { djlDecoder, objectIn } from './djl.ts'
import type { Container, SageMakerSettings } from './settings.ts'

/** Protocols of containers; a container may speak several. */
type Protocol = 'openai' | 'tgi' | 'djl'

const EVENT_STREAM = 'application/vnd.amazon.eventstream'

/** Whether an answer is a stream of events; any other one is the container's, in one piece. */
export function isEventStream({ headers }: ResponseHead): boolean {
  return headers['content-type']?.toLowerCase().startsWith(EVENT_STREAM) ?? false
}

/** The decoder of an endpoint's answer: exceptions of SageMaker, and in between what the container says. */
export function endpointDecoder(
  head: ResponseHead,
  call: Call,
  settings: Partial<SageMakerSettings>,
): Decoder {
  const context = contextOf(call, settings)
  if (head.status >= 300) return ({ data }) => [readHttpError(head, data, context)]
  const read = containerDecoder(isEventStream(head), call, settings)
  return (frame) => {
    const exception = frame.headers === undefined ? undefined : readStreamException(frame, context)
    return exception === undefined ? read(frame) : [exception]
  }
}

function contextOf(call: Call, { endpoint = '' }: Partial<SageMakerSettings>): ErrorContext {
  const streamed = call.kind !== 'embedding' && call.stream !== false
  const action = `sagemaker:InvokeEndpoint${streamed ? 'WithResponseStream' : ''}`
  return { service: 'sagemaker', action, resource: endpoint }
}

/** Which protocol is spoken is known when the first frame has come: the same container may speak another tomorrow. */
function containerDecoder(streamed: boolean, call: Call, settings: Partial<SageMakerSettings>): Decoder {
  const { container = 'auto', extra = {} } = settings
  let decode: Decoder | undefined
  return (frame) => {
    if (frame.data === '') return []
    decode ??= decoderOf(protocolOf(frame.data, container, call), streamed, call, extra)
    return decode(frame)
  }
}

function protocolOf(data: string, container: Container, call: Call): Protocol {
  if (container === 'openai' || container === 'vllm') return 'openai'
  if (container === 'tgi') return call.kind === 'completion' ? 'tgi' : 'openai'
  const { token, generated_text: whole, outputs, error_type: type } = objectIn(data) ?? {}
  if (container === 'auto' && (type !== undefined || isTgiToken(token))) return 'tgi'
  return token !== undefined || whole !== undefined || outputs !== undefined ? 'djl' : 'openai'
}

/** TGI says of each token whether it is a special one; DJL never does, or under another name. */
function isTgiToken(token: unknown): boolean {
  return typeof token === 'object' && token !== null && 'special' in token
}

function decoderOf(
  protocol: Protocol,
  streamed: boolean,
  call: Call,
  extra: Readonly<Record<string, unknown>>,
): Decoder {
  const type = streamed ? 'text/event-stream' : 'application/json'
  const head: ResponseHead = { status: 200, headers: { 'content-type': type } }
  if (protocol === 'tgi') return tgiPlugin({ apiKey: '' }).decoder(head, { kind: 'completion', prompt: '' })
  const openai = openaiPlugin({ apiKey: '', extra }).decoder(head, call)
  return protocol === 'djl' ? djlDecoder(openai) : openai
}
