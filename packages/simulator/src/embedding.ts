import { z } from 'zod'
import type { Ask } from './answer.ts'
import { complaint, tokensOfLength } from './reading.ts'
import { MAX_DIMENSIONS, unitVector } from './vector.ts'

/** What a request for embeddings asks for. */
export interface EmbeddingAsk extends Ask {
  readonly inputs: readonly Input[]
  readonly dimensions?: number
}

interface Input {
  readonly text: string
  readonly tokens: number
}

/** The fields that all servers of embeddings share. */
const schema = z.object({
  model: z.string().nullish(),
  input: z.union([
    z.string(),
    z.array(z.string()).min(1),
    z.array(z.int()).min(1),
    z.array(z.array(z.int()).min(1)).min(1),
  ]),
  dimensions: z.int().min(1).max(MAX_DIMENSIONS).nullish(),
})

/** Reads them. Nothing is generated: the answer comes when the first token would. */
export function readEmbedding(body: unknown): EmbeddingAsk | { readonly complaint: string } {
  const parsed = schema.safeParse(body)
  if (!parsed.success) return complaint(parsed.error)
  const { model, input, dimensions } = parsed.data
  const inputs = inputsOf(input)
  return {
    ...(typeof model === 'string' && { model }),
    streamed: false,
    choices: 1,
    maxTokens: 0,
    promptTokens: inputs.reduce((sum, { tokens }) => sum + tokens, 0),
    minTokens: 0,
    ignoreEos: false,
    reasons: false,
    toolRequired: false,
    streamUsage: 'no',
    inputs,
    ...(typeof dimensions === 'number' && { dimensions }),
  }
}

/** A vector for each input. `fallback`: their length where the request does not say it. */
export function vectorsOf({ inputs, dimensions }: EmbeddingAsk, fallback: number): Float32Array[] {
  return inputs.map(({ text }) => unitVector(text, dimensions ?? fallback))
}

/** An input is text or a list of token ids, and there may be a list of either. */
function inputsOf(input: z.output<typeof schema>['input']): readonly Input[] {
  if (typeof input === 'string') return [textInput(input)]
  const [first] = input
  if (typeof first === 'number') return [{ text: input.join(' '), tokens: input.length }]
  return input.map((one) =>
    typeof one === 'string' ? textInput(one) : { text: String(one), tokens: [one].flat().length },
  )
}

function textInput(text: string): Input {
  return { text, tokens: tokensOfLength(text.length) }
}
