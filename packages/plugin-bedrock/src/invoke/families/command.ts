import { isObject, isText, type JsonObject } from 'loadbench/plugin'
import type { Answer } from '../../answer/answer.ts'
import type { TextFamily } from '../family.ts'
import { promptOf } from '../prompt.ts'

/** Cohere Command (not Command R): one prompt. `stream` has to be said, or one chunk holds the whole answer. */
export const command: TextFamily = {
  body: (call, { maxTokens, temperature, topP, stop }) => ({
    prompt: promptOf(call, 'command'),
    max_tokens: maxTokens,
    temperature,
    p: topP,
    stop_sequences: stop,
    stream: call.stream === false ? undefined : true,
  }),
  chunk(chunk, answer) {
    if (readGenerations(chunk, answer)) return
    answer.text(chunk['text'])
    if (chunk['is_finished'] === true) answer.end(reasonOf(chunk))
  },
  whole: readGenerations,
}

function readGenerations({ generations }: JsonObject, answer: Answer): boolean {
  const generation: unknown = Array.isArray(generations) ? generations[0] : undefined
  if (!isObject(generation)) return false
  answer.text(generation['text'])
  answer.end(reasonOf(generation))
  return true
}

function reasonOf({ finish_reason: reason }: JsonObject): string {
  return isText(reason) ? reason : 'unknown'
}
