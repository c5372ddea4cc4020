import { LoadbenchError, type Call } from 'loadbench/plugin'
import type { BedrockSettings } from '../settings.ts'
import { limitsOf, type Fields } from '../turns/fields.ts'
import { EMBEDDING_FAMILIES, TEXT_FAMILIES } from './families.ts'
import { FAMILY_NAMES, familyOf, type FamilyName } from './family-name.ts'
import { openaiFields } from './openai-body.ts'

/**
 * The body of InvokeModel, in the form of the model's family.
 * @throws LB_CALL_INVALID where the family is unknown, or cannot be asked what the call asks.
 */
export function invokeFields(call: Call, model: string, settings: BedrockSettings): Fields {
  const name = settings.family ?? familyOf(model)
  if (name === undefined || !FAMILY_NAMES.includes(name)) throw unknownFamily(model, name)
  if (call.kind === 'embedding') {
    const embeddings = EMBEDDING_FAMILIES[name]
    if (embeddings === undefined) throw unfit(model, name, 'gives no embeddings')
    return embeddings.body(call)
  }
  const limits = limitsOf(call, settings)
  if (name === 'openai' || name === 'container') return openaiFields({ ...call, model }, limits, name)
  const family = TEXT_FAMILIES[name]
  if (family === undefined) throw unfit(model, name, 'generates no text')
  return family.body(call, limits)
}

/** The headers of InvokeModel for what Converse has in its body. */
export function invokeHeaders(
  settings: BedrockSettings,
  streamed: boolean,
): Readonly<Record<string, string>> {
  const { guardrail, latency, serviceTier, requestMetadata } = settings
  const headers = {
    'x-amzn-bedrock-accept': streamed ? 'application/json' : undefined,
    'x-amzn-bedrock-guardrailidentifier': guardrail?.identifier,
    'x-amzn-bedrock-guardrailversion': guardrail?.version,
    'x-amzn-bedrock-trace': guardrail?.trace?.toUpperCase(),
    'x-amzn-bedrock-performanceconfig-latency': latency,
    'x-amzn-bedrock-service-tier': serviceTier,
    'x-amzn-bedrock-request-metadata': requestMetadata && JSON.stringify(requestMetadata),
  }
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function unknownFamily(model: string, name: FamilyName | undefined): LoadbenchError {
  const what = name === undefined ? `the model "${model}" does not tell` : `"${name}" is not`
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `${what} a model family, and InvokeModel takes the body of the model itself`,
    `Set family to one of ${FAMILY_NAMES.join(', ')}; or chat by the Converse API, which is the same for all models.`,
  )
}

function unfit(model: string, name: FamilyName, lack: string): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `the model "${model}" is of the family "${name}", which ${lack}`,
    'Name another model, or another family in the client.',
  )
}
