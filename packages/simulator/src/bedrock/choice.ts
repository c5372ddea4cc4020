import type { Answer, Choice, Finish } from '../answer.ts'

const NOTHING: Choice = { tokens: [], reasoning: 0, finish: 'stop' }

/** The one answer; on Bedrock there are no more. */
export function choiceOf({ choices }: Answer): Choice {
  return choices[0] ?? NOTHING
}

/** Tokens `from` up to, not including, `to`, as a JSON string. */
export function quoted({ tokens }: Choice, from: number, to: number): string {
  return JSON.stringify(to - from === 1 ? tokens[from] : tokens.slice(from, to).join(''))
}

/** The reasoning, whole. */
export function thoughtsOf({ tokens, reasoning }: Choice): string {
  return tokens.slice(0, reasoning).join('')
}

/** What follows the reasoning, whole: text, or the arguments of a call. */
export function saidIn({ tokens, reasoning }: Choice): string {
  return tokens.slice(reasoning).join('')
}

/** The arguments of a call; none where the answer was cut in their midst. */
export function argumentsIn(choice: Choice): unknown {
  try {
    return JSON.parse(saidIn(choice)) as unknown
  } catch {
    return {}
  }
}

/** How a family calls each way in which an answer ends. */
export type StopReasons = Readonly<Record<Finish, string>>
