import { openaiPlugin } from '@loadbench/plugin-openai'
import { tgiPlugin } from '@loadbench/plugin-tgi'
import { LoadbenchError, type Call, type GenerationCall, type ProviderPlugin } from 'loadbench/plugin'
import { djlBody } from './djl-body.ts'
import type { SageMakerSettings } from './settings.ts'

/** Whose only use is to have a path: containers are asked by `/invocations` alone. */
const CONTAINER = new URL('http://container')
/** OpenAI's form wants a model. Behind an endpoint there is one, and servers may not know another name for it. */
const ANY_MODEL = 'any'

/**
 * Writes the body of a call as the container takes it.
 * @throws LB_CALL_INVALID for a call that cannot be sent.
 */
export function bodyWriter(settings: Partial<SageMakerSettings>): (call: Call) => string | Uint8Array {
  const { container = 'auto', extra = {} } = settings
  const openai = openaiPlugin({ apiKey: '', extra })
  const tgi = tgiPlugin({ apiKey: '', extra })
  return (call) => {
    if (call.kind === 'embedding') throw noEmbeddings()
    if (container === 'tgi') return bodyBy(tgi, call)
    if (container === 'djl' && call.kind === 'completion') return djlBody(call, { ...extra, ...call.extra })
    return call.model === undefined ? withoutModel(openai, call) : bodyBy(openai, call)
  }
}

function bodyBy(plugin: ProviderPlugin, call: GenerationCall): string | Uint8Array {
  return plugin.encode(call, CONTAINER).body ?? ''
}

function withoutModel(openai: ProviderPlugin, call: GenerationCall): string {
  const { model, ...fields } = JSON.parse(String(bodyBy(openai, { ...call, model: ANY_MODEL }))) as {
    model: string
  }
  return JSON.stringify(model === ANY_MODEL ? fields : { model, ...fields })
}

function noEmbeddings(): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    'embeddings of SageMaker endpoints have no common form',
    'Ask for text with chat() or complete().',
  )
}
