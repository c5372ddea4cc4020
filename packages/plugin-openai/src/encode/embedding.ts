import { LoadbenchError, type EmbeddingSettings } from 'loadbench/plugin'
import type { RequestSettings } from '../settings.ts'
import { extraFields, type Fields } from './fields.ts'

/**
 * What only embeddings have.
 * @throws LB_CALL_INVALID where there is nothing to embed.
 */
export function embeddingFields(call: EmbeddingSettings, settings: RequestSettings, extra: Fields): Fields {
  // Scripts are stripped of their types, not checked. Lists of tokens come through `extra`.
  if ((call.input as unknown) === undefined && extra['input'] === undefined) {
    throw new LoadbenchError(
      'LB_CALL_INVALID',
      'an embedding call has no `input`',
      "Give it some: embed({ input: 'Why is the sky blue?' }), or a list of texts.",
    )
  }
  return { input: call.input, encoding_format: settings.encodingFormat, dimensions: call.dimensions }
}

/** How many vectors a call asks for: one for each text or list of tokens. */
export function vectorsAsked(
  call: EmbeddingSettings & { readonly kind: 'embedding' },
  settings: RequestSettings,
): number {
  const { input = call.input } = extraFields(call, settings)
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1
}
