import type { Call } from '../model/call.ts'
import type { ResponseHead } from '../model/provider.ts'
import type { FailedAnswer, GoodAnswer, ProviderAnswers, RecordedAnswer } from './provider-answers.ts'

/** An answer ready to be decoded. */
export interface Recording {
  readonly head: ResponseHead
  readonly body: Uint8Array
  readonly call: Call
}

/** Names of headers become lower case, as core hands them to a plugin. */
export function recordingOf(answer: RecordedAnswer, answers: ProviderAnswers): Recording {
  return {
    head: { status: answer.status ?? 200, headers: lowerCase(answer.headers) },
    body: bytesOf(answer.body),
    call: answer.call ?? answers.call,
  }
}

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? Buffer.from(text) : text
}

export function lowerCase(headers: RecordedAnswer['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** The good answers by what they are called in the names of tests. */
export function goodAnswers(answers: ProviderAnswers): [name: string, answer: GoodAnswer][] {
  const { text, reasoning, toolCalls, whole, others = {} } = answers
  const named: [string, GoodAnswer | undefined][] = [
    ['text', text],
    ['reasoning', reasoning],
    ['tool calls', toolCalls],
    ['an answer in one piece', whole],
    ...Object.entries(others),
  ]
  return named.flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer]]))
}

/** Every answer there is. */
export function allAnswers(answers: ProviderAnswers): [name: string, answer: RecordedAnswer][] {
  return [
    ...goodAnswers(answers),
    ...answers.errors.map((error): [string, FailedAnswer] => [error.what, error]),
    ['malformed', answers.malformed],
    ['empty', answers.empty],
  ]
}
