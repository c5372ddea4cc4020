import type { Call, Decoder, Framing, ResponseHead } from 'loadbench/plugin'
import * as converse from './converse/decoder.ts'
import { readHttpError, type ErrorContext } from './errors/error.ts'
import { eventStreamFramer } from './event-stream/framer.ts'
import * as invoke from './invoke/decoder.ts'
import { isConverse, isStreamed } from './request.ts'
import type { BedrockSettings } from './settings.ts'

/** How a response is cut, by what it says it is: errors come whole, whatever was asked for. */
export function framingOf(head: ResponseHead): Framing {
  return isEventStream(head) ? eventStreamFramer : 'whole'
}

export function decoderOf(head: ResponseHead, call: Call, settings: BedrockSettings): Decoder {
  const context = contextOf(call, settings)
  if (head.status >= 300) return ({ data }) => [readHttpError(head, data, context)]
  if (isConverse(call, settings)) {
    const { onGuardrail } = settings
    return isEventStream(head)
      ? converse.streamDecoder(onGuardrail, context)
      : converse.wholeDecoder(onGuardrail)
  }
  return isEventStream(head)
    ? invoke.streamDecoder(call, settings, context)
    : invoke.wholeDecoder(head, call, settings)
}

function isEventStream({ status, headers }: ResponseHead): boolean {
  return status < 300 && (headers['content-type'] ?? '').includes('vnd.amazon.eventstream')
}

/** Converse asks for the permissions of InvokeModel. */
function contextOf(call: Call, settings: BedrockSettings): ErrorContext {
  const action = isStreamed(call) ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel'
  return { service: 'bedrock', action, resource: call.model ?? settings.model ?? '' }
}
