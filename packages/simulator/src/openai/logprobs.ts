import { logprobOf, tokenId, wordAt } from '../words.ts'
import type { OpenAIAsk } from './request.ts'

/** How a route writes `logprobs`; `top`: likeliest tokens for each, `offset`: characters before `tokens`. */
export type Logprobs = (tokens: readonly string[], top: number, offset: number) => unknown

/** What is told of the tokens in a piece of an answer, beside their text. */
export function tokenFacts(tokens: readonly string[], ask: OpenAIAsk, logprobs: Logprobs, offset = 0) {
  return {
    logprobs: ask.logprobs === undefined ? null : logprobs(tokens, ask.logprobs, offset),
    ...(ask.tokenIds && { token_ids: tokens.map(tokenId) }),
  }
}

/** An entry for each token, each with the likeliest in its place. */
export function chatLogprobs(tokens: readonly string[], top: number) {
  const content = tokens.map((token) => ({
    ...entry(token, logprobOf(token)),
    top_logprobs: likeliest(token, top).map(([text, logprob]) => entry(text, logprob)),
  }))
  return { content, refusal: null }
}

/** Lists of equal length. */
export function completionLogprobs(tokens: readonly string[], top: number, offset: number) {
  let at = offset
  return {
    tokens,
    token_logprobs: tokens.map(logprobOf),
    top_logprobs: tokens.map((token) => Object.fromEntries(likeliest(token, top))),
    text_offset: tokens.map(({ length }) => {
      const start = at
      at += length
      return start
    }),
  }
}

function entry(token: string, logprob: number) {
  return { token, logprob, bytes: [...Buffer.from(token)] }
}

/** The token itself, then words that are ever less likely. */
function likeliest(token: string, count: number): (readonly [token: string, logprob: number])[] {
  const logprob = logprobOf(token)
  return Array.from({ length: count }, (_, k) => (k === 0 ? [token, logprob] : [wordAt(k), logprob - k]))
}
