import { z } from 'zod'
import { END_TOKEN, type Answer, type Ask, type Choice } from '../answer.ts'
import { complaint, tokensOfLength } from '../reading.ts'
import { jsonReply, type Facts, type Protocol, type StreamWire } from '../protocol.ts'
import { logprobOf, tokenId } from '../words.ts'

/** Tokens where the request does not say how many; few, as in DJL. */
const MAX_TOKENS = 30

const requestSchema = z.object({
  inputs: z.string().min(1),
  parameters: z
    .object({ max_new_tokens: z.int().min(1).nullish(), details: z.boolean().nullish() })
    .nullish(),
})

interface DjlAsk extends Ask {
  readonly inputs: string
  readonly details: boolean
}

/** DJL Serving with its own schema: a line of JSON for each token, of which the last tells the whole text. */
export const tokenLines: Protocol<DjlAsk> = {
  idPrefix: 'djl-',
  read(body) {
    const parsed = requestSchema.safeParse(body)
    if (!parsed.success) return complaint(parsed.error)
    const { inputs, parameters } = parsed.data
    return {
      streamed: true,
      choices: 1,
      promptTokens: tokensOfLength(inputs.length),
      maxTokens: parameters?.max_new_tokens ?? MAX_TOKENS,
      minTokens: 0,
      ignoreEos: false,
      reasons: false,
      toolRequired: false,
      streamUsage: 'end',
      endsOnToken: true,
      inputs,
      details: parameters?.details === true,
    }
  },
  stream: streamOf,
  whole(answer, facts) {
    const { details } = facts.ask
    return JSON.stringify({
      generated_text: textOf(choiceOf(answer)),
      ...(details && { details: detailsOf(answer, facts) }),
    })
  },
  refuse: (_refusal, _settings, message = 'The request is not valid.') =>
    jsonReply(424, { error: message, code: 424 }),
}

function streamOf(answer: Answer, facts: Facts<DjlAsk>): StreamWire {
  const { tokens } = choiceOf(answer)
  const line = (at: number, token: string): string => {
    const told = `{"token":{"id":${tokenId(token)},"text":${JSON.stringify(token)},"log_prob":${logprobOf(token)}}`
    return at < tokens.length - 1 ? `${told}}\n` : `${told},${endOf(answer, facts)}}\n`
  }
  return {
    headers: { 'content-type': 'application/jsonlines' },
    open: () => '',
    tokens: (_choice, from, to) =>
      tokens
        .slice(from, to)
        .map((token, at) => line(from + at, token))
        .join(''),
    finish: () => (tokens.length === 0 ? line(0, END_TOKEN) : ''),
    close: () => '',
    done: '',
    error: ERROR,
    malformed: '{"token":{"id":1,"text":" unfin\n',
  }
}

function endOf(answer: Answer, facts: Facts<DjlAsk>): string {
  const end = { generated_text: textOf(choiceOf(answer)), details: detailsOf(answer, facts) }
  return JSON.stringify(end).slice(1, -1)
}

function detailsOf(answer: Answer, { ask, usage }: Facts<DjlAsk>) {
  const { finish } = choiceOf(answer)
  return {
    finish_reason: finish === 'length' ? 'length' : 'eos_token',
    ...(usage !== 'never' && { generated_tokens: answer.outputTokens }),
    inputs: ask.inputs,
  }
}

function choiceOf({ choices }: Answer): Choice {
  return choices[0] ?? { tokens: [], reasoning: 0, finish: 'stop' }
}

function textOf({ tokens }: Choice): string {
  return tokens.join('')
}

/** DJL tells an error inside a stream by a token that is none. */
const ERROR = `${JSON.stringify({
  token: { id: -1, text: '', log_prob: -1 },
  generated_text: '',
  details: { finish_reason: 'error', generated_tokens: 0 },
})}\n`
