import { openaiPlugin } from '@loadbench/plugin-openai'
import { framerFor, type Call, type Framer, type Part, type ResponseHead } from 'loadbench/plugin'
import type { Answer } from '../answer/answer.ts'
import { ReasoningTags } from './reasoning-tags.ts'

/**
 * Reads answers in OpenAI's form with its plugin: JSON objects, or server-sent events where a container's
 * stream is passed on as it is.
 */
export class OpenAIReader {
  readonly #answer: Answer
  readonly #decode: (data: string) => readonly Part[]
  readonly #tags: ReasoningTags
  #events: Framer | undefined

  /**
   * @param prompted whether the model was asked with a prompt, not with messages.
   * @param streamed whether the answer comes in chunks.
   */
  constructor(answer: Answer, prompted: boolean, streamed: boolean) {
    this.#answer = answer
    this.#tags = new ReasoningTags(answer)
    const type = streamed ? 'text/event-stream' : 'application/json'
    const head: ResponseHead = { status: 200, headers: { 'content-type': type } }
    const call: Call = prompted ? { kind: 'completion', prompt: '' } : { kind: 'chat', messages: [] }
    const decode = openaiPlugin().decoder(head, call)
    this.#decode = (data) => decode({ data: withFinishReason(data) })
  }

  read(text: string): void {
    if (this.#events === undefined && /^\s*[{[]/.test(text)) {
      this.#take(text)
      return
    }
    this.#events ??= framerFor('sse', {
      emit: ({ data }) => this.#take(data),
      fault: (message) => this.#answer.add({ type: 'error', class: 'malformed', message }),
    })
    this.#events.push(Buffer.from(text))
  }

  #take(data: string): void {
    for (const part of this.#decode(data)) {
      if (part.type === 'text-delta') this.#tags.text(part.text)
      else if (part.type === 'usage') this.#answer.usage(part)
      else if (part.type === 'finish') {
        this.#tags.end()
        this.#answer.end(part.reason)
      } else this.#answer.add(part)
    }
  }
}

/** Mistral's models call the reason so. */
function withFinishReason(data: string): string {
  return data.includes('"finish_reason"') ? data : data.replace(/"stop_reason"\s*:/, '"finish_reason":')
}
