import type { Answer } from '../../answer.ts'
import { chat } from '../../openai/chat.ts'
import { completion } from '../../openai/completion.ts'
import type { OpenAIAsk } from '../../openai/request.ts'
import type { Facts, Protocol } from '../../protocol.ts'
import type { Family } from '../family.ts'

/** gpt-oss: OpenAI's chat, with the reasoning in the text, between tags. */
export const gptOss = openai(chat, tagged)
/** Models that are asked as OpenAI's are, and containers of somebody's own that speak OpenAI's chat. */
export const openaiChat = openai(chat)
/** Containers that are given a prompt. */
export const openaiCompletion = openai(completion)

/** The models of an OpenAI wire format. */
function openai(protocol: Protocol<OpenAIAsk>, prepare = (answer: Answer) => answer): Family<OpenAIAsk> {
  /** The counts are told whatever the request says. */
  const inner = (facts: Facts<OpenAIAsk>): Facts<OpenAIAsk> => {
    const usage = facts.usage === 'never' ? 'never' : 'always'
    return { ...facts, usage, id: `${protocol.idPrefix}${facts.id}` }
  }
  return {
    read: (body, request) => protocol.read(body, request),
    stream(answer, facts) {
      const wire = protocol.stream(prepare(answer), inner(facts))
      return {
        open: () => eventsOf(wire.open()),
        tokens: (from, to) => eventsOf(wire.tokens(0, from, to)),
        finish: () => eventsOf(wire.finish(0)),
        end: () => eventsOf(wire.close()),
      }
    },
    whole: (answer, facts) => protocol.whole(prepare(answer), inner(facts)),
  }
}

/** The data of server-sent events. */
function eventsOf(text: string): string[] {
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.slice('data: '.length))
}

function tagged(answer: Answer): Answer {
  return {
    ...answer,
    choices: answer.choices.map((choice) => {
      const { reasoning } = choice
      if (reasoning === 0) return choice
      const tokens = choice.tokens.map((token, at) => {
        const text = at === 0 ? `<reasoning>${token}` : token
        return at === reasoning - 1 ? `${text}</reasoning>` : text
      })
      return { ...choice, tokens, reasoning: 0 }
    }),
  }
}
