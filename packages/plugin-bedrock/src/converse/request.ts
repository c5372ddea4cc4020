import type { Call } from 'loadbench/plugin'
import type { BedrockSettings } from '../settings.ts'
import { limitsOf, type Fields } from '../turns/fields.ts'
import { conversationOf } from '../turns/turns.ts'
import { wireConversation } from './messages.ts'
import { wireTools } from './tools.ts'

/**
 * The body of Converse and ConverseStream, the same for every model.
 * @throws LB_CALL_INVALID for messages that cannot be sent.
 */
export function converseFields(call: Extract<Call, { kind: 'chat' }>, settings: BedrockSettings): Fields {
  const { maxTokens, temperature, topP, stop } = limitsOf(call, settings)
  return {
    ...wireConversation(conversationOf(call)),
    inferenceConfig: { maxTokens, temperature, topP, stopSequences: stop },
    toolConfig: wireTools(call),
    guardrailConfig: guardrailConfig(settings, call.stream !== false),
    performanceConfig: settings.latency && { latency: settings.latency },
    serviceTier: settings.serviceTier && { type: settings.serviceTier },
    requestMetadata: settings.requestMetadata,
    additionalModelRequestFields: settings.additionalModelRequestFields,
    additionalModelResponseFieldPaths: settings.additionalModelResponseFieldPaths,
  }
}

function guardrailConfig({ guardrail }: BedrockSettings, streamed: boolean): Fields | undefined {
  if (guardrail === undefined) return undefined
  return {
    guardrailIdentifier: guardrail.identifier,
    guardrailVersion: guardrail.version,
    trace: guardrail.trace,
    streamProcessingMode: streamed ? guardrail.streamProcessingMode : undefined,
  }
}
