import {
  isObject,
  isText,
  malformed,
  type Decoder,
  type JsonObject,
  type ResponseHead,
  type TextPattern,
} from 'loadbench/plugin'
import { Answer } from './answer.ts'
import { errorOfObject } from './error.ts'
import { framingOf } from './framing.ts'
import { objectDecoder } from './object-decoder.ts'
import { textPatternOf } from './text-pattern.ts'
import { readTiming } from './timing.ts'
import { findUsage, readUsage } from './usage.ts'

/** Patterns to tell before the server counts as one that writes each frame otherwise. */
const MOST_PATTERNS = 4

/** Tells `answer` what one element of `choices` holds beside its end. What differs between routes. */
export type ChoiceReader = (choice: JsonObject, answer: Answer, index: number) => void

/**
 * The decoder of an answer made of `choices`, streamed or in one piece.
 * @param asked choices the call asked for.
 * @param expect is told the pattern of frames that need not be parsed.
 */
export function choicesDecoder(
  head: ResponseHead,
  readChoice: ChoiceReader,
  asked: number,
  expect: (pattern: TextPattern) => void,
): Decoder {
  const answer = new Answer(asked)
  const whole = framingOf(head) === 'whole'
  let patterns = 0
  return objectDecoder(head, (chunk, { data, event }) => {
    const usage = findUsage(chunk)
    const counts = usage && readUsage(usage)
    const { choices } = chunk
    if (Array.isArray(choices) && choices.length > 0) {
      if (whole) answer.holds(choices.length)
      else if (counts?.outputTokens !== undefined) answer.reach(counts.outputTokens)
      readChoices(choices, readChoice, answer, whole)
    } else if (whole) return [malformed(data, 'an answer without choices')]
    else if (counts?.outputTokens !== undefined) answer.conclude(counts.outputTokens)
    if (counts !== undefined) answer.add(counts)
    const timing = readTiming(chunk, usage)
    if (timing !== undefined) answer.add(timing)
    const complaint = complaintOf(chunk)
    if (complaint !== undefined) answer.add(errorOfObject({ error: complaint }, head.status))
    const parts = answer.take()
    if (whole || event !== undefined || patterns === MOST_PATTERNS) return parts
    const pattern = textPatternOf(data, parts)
    if (pattern !== undefined) {
      patterns += 1
      expect(pattern)
    }
    return parts
  })
}

function readChoices(
  choices: readonly unknown[],
  readChoice: ChoiceReader,
  answer: Answer,
  whole: boolean,
): void {
  for (let place = 0; place < choices.length; place += 1) {
    const choice: unknown = choices[place]
    if (!isObject(choice)) continue
    const { index: named, error, finish_reason: reason } = choice
    const index = Number.isSafeInteger(named) && (named as number) >= 0 ? (named as number) : place
    readChoice(choice, answer, index)
    // OpenRouter, of one choice.
    if (isObject(error)) answer.add(errorOfObject({ error }, 200))
    // TGI sends `''` on completions that go on. An answer in one piece has ended, said or unsaid.
    if (isText(reason)) answer.end(index, reason)
    else if (whole) answer.end(index, 'unknown')
  }
}

/** Why Groq stopped a stream early. */
function complaintOf({ x_groq: groq }: JsonObject): string | undefined {
  const complaint = isObject(groq) ? groq['error'] : undefined
  return isText(complaint) ? complaint : undefined
}
