import { END_TOKEN, type Answer, type Choice } from '../answer.ts'
import type { Facts } from '../protocol.ts'
import { logprobOf, tokenId } from '../words.ts'
import type { TgiAsk } from './request.ts'

/** TGI answers once. */
export function onlyChoice(answer: Answer): Choice {
  return answer.choices[0] ?? { tokens: [], reasoning: 0, finish: 'stop' }
}

/** `generated_text`. */
export function generatedText(choice: Choice, { inputs, fullText }: TgiAsk): string {
  return `${fullText ? inputs : ''}${choice.tokens.join('')}`
}

/** A token as JSON text. */
export function tokenText(token: string): string {
  if (token === END_TOKEN) return '{"id":2,"text":"</s>","logprob":-0.01,"special":true}'
  return `{"id":${tokenId(token)},"text":${JSON.stringify(token)},"logprob":${logprobOf(token)},"special":false}`
}

/** What `details` of both forms begin with. */
export function commonDetails(choice: Choice, { seed }: TgiAsk) {
  return { finish_reason: finishReason(choice), generated_tokens: choice.tokens.length, seed }
}

/** Whether `details` are told. */
export function withDetails({ usage, ask }: Facts<TgiAsk>): boolean {
  return usage !== 'never' && (usage !== 'on-request' || ask.details)
}

function finishReason({ finish, tokens }: Choice): 'eos_token' | 'length' | 'stop_sequence' {
  if (finish === 'length') return 'length'
  return tokens.at(-1) === END_TOKEN ? 'eos_token' : 'stop_sequence'
}
