import { z } from 'zod'
import type { Ask } from '../answer.ts'
import { complaint, tokensOfLength } from '../reading.ts'

const requestSchema = z.object({
  inputs: z.string().min(1),
  stream: z.boolean().nullish(),
  parameters: z
    .object({
      max_new_tokens: z.int().min(1).nullish(),
      best_of: z.int().min(1).nullish(),
      details: z.boolean().nullish(),
      return_full_text: z.boolean().nullish(),
      seed: z.int().min(0).nullish(),
    })
    .nullish(),
})

/** What a request to TGI asks for. */
export interface TgiAsk extends Ask {
  readonly inputs: string
  readonly details: boolean
  /** Whether the prompt is to precede the text. */
  readonly fullText: boolean
  readonly seed: number | null
  /** The answer in one piece stands in a list. */
  readonly listed: boolean
}

/** Whether an answer is streamed: a route's own way, or as its requests say. */
export type Streams = 'always' | 'never' | 'on-request'

/** Reads the body of `/generate`, `/generate_stream` and `/`. What it does not name is ignored. */
export function readRequest(body: unknown, streams: Streams): TgiAsk | { readonly complaint: string } {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) return complaint(parsed.error)
  const { inputs, stream, parameters } = parsed.data
  const streamed = streams === 'always' || (streams === 'on-request' && stream === true)
  if (streamed && (parameters?.best_of ?? 1) !== 1)
    return { complaint: '`best_of` must be 1 when streaming tokens' }
  const limit = parameters?.max_new_tokens
  return {
    streamed,
    choices: 1,
    promptTokens: tokensOfLength(inputs.length),
    ...(typeof limit === 'number' && { maxTokens: limit }),
    minTokens: 0,
    ignoreEos: false,
    reasons: false,
    toolRequired: false,
    streamUsage: parameters?.details === true ? 'end' : 'no',
    endsOnToken: true,
    inputs,
    details: parameters?.details === true,
    fullText: parameters?.return_full_text === true,
    seed: parameters?.seed ?? null,
    listed: streams === 'on-request',
  }
}
