import { z } from 'zod'
import type { Answer, Ask } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { refuse } from './errors.ts'
import { commonAsk, commonFields, complaint, tokensOfLength } from './request.ts'
import { EventStream, type Shape } from './stream.ts'
import { usageOf } from './usage.ts'

const requestSchema = z.object({
  ...commonFields,
  prompt: z.union([
    z.string(),
    z.array(z.string()).min(1),
    z.array(z.int()).min(1),
    z.array(z.array(z.int()).min(1)).min(1),
  ]),
})

/** `POST /v1/completions`. */
export const completion: Protocol = {
  idPrefix: 'cmpl-',
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return complaint(parsed.error)
    const common = commonAsk(parsed.data)
    const prompts = promptsOf(parsed.data.prompt)
    return {
      ...common,
      choices: common.choices * prompts.length,
      reasons: false,
      toolRequired: false,
      promptTokens: prompts.reduce((sum, tokens) => sum + tokens, 0),
    } satisfies Ask
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
  call: () => '"text":""',
}

function wholeOf(answer: Answer, { id, created, model, usage }: Facts) {
  const choices = answer.choices.map(({ tokens, finish }, index) => {
    return { index, text: tokens.join(''), logprobs: null, finish_reason: finish }
  })
  const counts = usage === 'never' ? {} : { usage: usageOf(answer, answer.outputTokens) }
  return { id, object: 'text_completion', created, model, choices, ...counts }
}
