import { z } from 'zod'
import type { Answer } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { complaint, tokensOfLength } from '../reading.ts'
import { refuse } from './errors.ts'
import { completionLogprobs, tokenFacts } from './logprobs.ts'
import { commonAsk, commonFields, type OpenAIAsk } from './request.ts'
import { EventStream, type Shape } from './stream.ts'
import { usageOf } from './usage.ts'

const requestSchema = z.object({
  ...commonFields,
  logprobs: z.int().min(0).max(20).nullish(),
  prompt: z.union([
    z.string(),
    z.array(z.string()).min(1),
    z.array(z.int()).min(1),
    z.array(z.array(z.int()).min(1)).min(1),
  ]),
})

/** `POST /v1/completions`. */
export const completion: Protocol<OpenAIAsk> = {
  idPrefix: 'cmpl-',
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return complaint(parsed.error)
    const common = commonAsk(parsed.data)
    const { logprobs } = parsed.data
    const prompts = promptsOf(parsed.data.prompt)
    return {
      ...common,
      choices: common.choices * prompts.length,
      ...(typeof logprobs === 'number' && { logprobs }),
      reasons: false,
      toolRequired: false,
      promptTokens: prompts.reduce((sum, tokens) => sum + tokens, 0),
    } satisfies OpenAIAsk
  },
  stream: (answer, facts) => new EventStream(SHAPE, answer, facts),
  whole: (answer, facts) => JSON.stringify(wholeOf(answer, facts)),
  refuse,
}

/** Tokens of each prompt: a prompt is text or a list of token ids, and there may be a list of either. */
function promptsOf(prompt: z.output<typeof requestSchema>['prompt']): number[] {
  if (typeof prompt === 'string') return [tokensOfLength(prompt.length)]
  if (typeof prompt[0] === 'number') return [prompt.length]
  return prompt.map((one) => {
    if (typeof one === 'number') return 1
    return typeof one === 'string' ? tokensOfLength(one.length) : one.length
  })
}

const SHAPE: Shape = {
  object: 'text_completion',
  opening: undefined,
  closing: '"text":""',
  delta: (_channel, quoted) => `"text":${quoted}`,
  logprobs: completionLogprobs,
  call: () => '"text":""',
}

function wholeOf(answer: Answer, { id, created, model, usage, ask }: Facts<OpenAIAsk>) {
  const choices = answer.choices.map(({ tokens, finish }, index) => {
    const facts = tokenFacts(tokens, ask, completionLogprobs)
    return { index, text: tokens.join(''), ...facts, finish_reason: finish }
  })
  const counts = usage === 'never' ? {} : { usage: usageOf(answer, answer.outputTokens) }
  return { id, object: 'text_completion', created, model, choices, ...counts }
}
