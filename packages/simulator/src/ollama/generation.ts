import type { Answer } from '../answer.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { countsOf } from './counts.ts'
import { refuse } from './errors.ts'
import { readChat, readGenerate, type OllamaAsk } from './request.ts'
import { CHAT, doneReason, GENERATE, headOf, type Shape } from './shape.ts'
import { LineStream } from './stream.ts'

/** `POST /api/chat`. */
export const chat = protocol(CHAT, readChat)
/** `POST /api/generate`. */
export const generate = protocol(GENERATE, readGenerate)

function protocol(shape: Shape, read: Protocol<OllamaAsk>['read']): Protocol<OllamaAsk> {
  return {
    idPrefix: 'ollama-',
    read,
    stream: (answer, facts) => new LineStream(shape, answer, facts),
    whole: (answer, facts) => wholeOf(shape, answer, facts),
    refuse,
  }
}

function wholeOf(shape: Shape, answer: Answer, facts: Facts<OllamaAsk>): string {
  const head = headOf(facts)
  const [choice] = answer.choices
  const { only } = facts.ask
  if (only !== undefined || choice === undefined)
    return `${head},${shape.said('""')},"done_reason":"${only ?? 'stop'}","done":true}`
  const said = choice.tokens.slice(choice.reasoning).join('')
  const thinking =
    choice.reasoning > 0 ? JSON.stringify(choice.tokens.slice(0, choice.reasoning).join('')) : undefined
  const calls = choice.call !== undefined && choice.finish === 'tool_calls'
  const field = calls ? shape.call(choice.call, said) : shape.said(JSON.stringify(said), thinking)
  const counts = JSON.stringify(countsOf(answer, facts)).slice(1)
  return `${head},${field},"done_reason":"${doneReason(choice)}","done":true,${counts}`
}
