import { isAmount, isObject, isText, type Decoder, type JsonObject, type Part } from 'loadbench/plugin'

const NOTHING: readonly Part[] = []

/**
 * The decoder of DJL LMI's own form, streamed or in one piece: `{token}` a line, on the last one
 * `generated_text`, which marks the end, and `details`. Anything else is `other`'s: errors, and what is no JSON.
 */
export function djlDecoder(other: Decoder): Decoder {
  let lines = 0
  let shown = false
  return (frame) => {
    const line = objectIn(frame.data)
    if (line === undefined || !hasAnswer(line)) return other(frame)
    const { token, generated_text: whole, details } = line
    const text = isObject(token) ? textOf(token) : textOfOutputs(line['outputs'])
    if (isObject(token)) lines += 1
    const parts: Part[] = []
    if (text !== '') parts.push({ type: 'text-delta', text })
    else if (isText(whole) && !isObject(token) && !shown) parts.push({ type: 'text-delta', text: whole })
    shown ||= parts.length > 0
    if (typeof whole === 'string')
      parts.push(...endOf(isObject(details) ? details : {}, tokensOf(line, lines)))
    return parts.length === 0 ? NOTHING : parts
  }
}

/** An object, or the only one in a list: the form of versions that imitate TGI. */
export function objectIn(data: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(data)
    const one: unknown = Array.isArray(value) ? value[0] : value
    return isObject(one) ? one : undefined
  } catch {
    return undefined
  }
}

function hasAnswer({ error, token, generated_text: whole, outputs }: JsonObject): boolean {
  if (error !== undefined && error !== null) return false
  return isObject(token) || typeof whole === 'string' || Array.isArray(outputs)
}

function textOf({ text, special_token: special }: JsonObject): string {
  return isText(text) && special !== true ? text : ''
}

/** Dynamic batching streams `{outputs: ['…']}`, without anything that would mark the end. */
function textOfOutputs(outputs: unknown): string {
  return Array.isArray(outputs) ? outputs.filter(isText).join('') : ''
}

/**
 * Generated tokens, as counted by the server. Its vLLM handler, which alone numbers its lines, counts one
 * more than vLLM does: where that is one more than it sent lines, the lines are right.
 */
function tokensOf({ details, ...line }: JsonObject, lines: number): number | undefined {
  const told = isObject(details) ? details['generated_tokens'] : undefined
  if (!isAmount(told)) return undefined
  return 'index' in line && told === lines + 1 ? lines : told
}

function endOf(details: JsonObject, outputTokens: number | undefined): readonly Part[] {
  const { input_length: input, finish_reason: told } = details
  const reason = isText(told) ? told : 'unknown'
  if (reason === 'error') {
    const message =
      'the container gave the answer up (finish_reason "error"); its log in CloudWatch tells why'
    return [{ type: 'error', class: 'stream_error', code: reason, message }]
  }
  const usage: readonly Part[] =
    isAmount(input) || outputTokens !== undefined
      ? [
          {
            type: 'usage',
            ...(isAmount(input) ? { inputTokens: input } : {}),
            ...(outputTokens === undefined ? {} : { outputTokens }),
          },
        ]
      : NOTHING
  return [...usage, { type: 'finish', reason }]
}
