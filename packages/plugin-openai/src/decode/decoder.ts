import type { Decoder, ResponseHead } from 'loadbench/plugin'
import { Answer, NOTHING } from './answer.ts'
import { errorOfObject, malformed, readError, tellsError } from './error.ts'
import { framingOf } from './framing.ts'
import { isObject, isText, type JsonObject } from './json.ts'
import { readTiming } from './timing.ts'
import { findUsage, readUsage } from './usage.ts'

/** Tells `answer` what one element of `choices` holds beside its end. What differs between routes. */
export type ChoiceReader = (choice: JsonObject, answer: Answer, index: number) => void

/**
 * The decoder of an answer made of `choices`, streamed or in one piece.
 * @param asked choices the call asked for.
 */
export function choicesDecoder(head: ResponseHead, readChoice: ChoiceReader, asked: number): Decoder {
  const answer = new Answer(asked)
  const whole = framingOf(head) === 'whole'
  return ({ data, event }) => {
    // `[DONE]` says nothing: vLLM and SGLang send it after an error too, other servers never.
    if (data === '' || data.startsWith('[DONE]')) return NOTHING
    if (event === 'error') return [readError(data, head.status)]
    let chunk: unknown
    try {
      chunk = JSON.parse(data)
    } catch {
      return [malformed('not JSON', data)]
    }
    if (!isObject(chunk)) return [malformed('not a JSON object', data)]
    if (tellsError(chunk)) return [errorOfObject(chunk, head.status)]
    const { choices } = chunk
    if (Array.isArray(choices) && choices.length > 0) readChoices(choices, readChoice, answer, whole)
    else if (whole) return [malformed('an answer without choices', data)]
    readAccounts(chunk, answer)
    return answer.take()
  }
}

/** The decoder of an error response: whatever its body is, it is the error. */
export function errorDecoder({ status, headers }: ResponseHead): Decoder {
  return ({ data }) => {
    if (data.startsWith('[DONE]')) return NOTHING
    if (status >= 400) return [readError(data, status)]
    const message = `HTTP ${status}: the server sends the call on to ${headers['location'] ?? 'nowhere'}, which is not followed`
    return [{ type: 'error', code: String(status), message }]
  }
}

function readChoices(
  choices: readonly unknown[],
  readChoice: ChoiceReader,
  answer: Answer,
  whole: boolean,
): void {
  if (whole) answer.holds(choices.length)
  for (let place = 0; place < choices.length; place += 1) {
    const choice: unknown = choices[place]
    if (!isObject(choice)) continue
    const index = typeof choice['index'] === 'number' ? choice['index'] : place
    readChoice(choice, answer, index)
    // TGI sends `''` on completions that go on. An answer in one piece has ended, said or unsaid.
    const reason = choice['finish_reason']
    if (isText(reason)) answer.end(index, reason)
    else if (whole) answer.end(index, 'unknown')
  }
}

function readAccounts(chunk: JsonObject, answer: Answer): void {
  const usage = findUsage(chunk)
  const counts = usage && readUsage(usage)
  if (counts !== undefined) answer.add(counts)
  const timing = readTiming(chunk, usage)
  if (timing !== undefined) answer.add(timing)
}
