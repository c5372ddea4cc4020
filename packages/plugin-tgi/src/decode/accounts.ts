import {
  isAmount,
  isObject,
  type Part,
  type ResponseHead,
  type ServerTiming,
  type Usage,
} from 'loadbench/plugin'

type Headers = ResponseHead['headers']
type UsagePart = { -readonly [K in keyof Usage]: Usage[K] } & { type: 'usage' }
type TimingPart = { -readonly [K in keyof ServerTiming]: ServerTiming[K] } & { type: 'server-timing' }

/** Headers of answers in one piece, all in whole milliseconds. */
const TIMES: readonly (readonly [string, keyof ServerTiming])[] = [
  ['x-queue-time', 'queue'],
  ['x-inference-time', 'inference'],
  ['x-total-time', 'total'],
]

/**
 * What the server counted: in the `details` of an answer, where they were asked for, otherwise in the
 * headers, which only answers in one piece have.
 * @returns no part or one.
 */
export function usageOf(details: unknown, headers: Headers): readonly Part[] {
  const { input_length: input, generated_tokens: output } = isObject(details) ? details : {}
  const inputTokens = isAmount(input) ? input : amountIn(headers['x-prompt-tokens'])
  const outputTokens = isAmount(output) ? output : amountIn(headers['x-generated-tokens'])
  if (inputTokens === undefined && outputTokens === undefined) return []
  const part: UsagePart = { type: 'usage' }
  if (inputTokens !== undefined) part.inputTokens = inputTokens
  if (outputTokens !== undefined) part.outputTokens = outputTokens
  return [part]
}

/** What the server says about its own time. @returns no part or one. */
export function timingOf(headers: Headers): readonly Part[] {
  const part: TimingPart = { type: 'server-timing' }
  let known = false
  for (const [name, phase] of TIMES) {
    const time = amountIn(headers[name])
    if (time === undefined) continue
    part[phase] = time
    known = true
  }
  return known ? [part] : []
}

function amountIn(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+(\.\d+)?$/.test(header) ? Number(header) : undefined
}
