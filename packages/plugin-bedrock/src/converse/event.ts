import { isAmount, isObject, isText, jsonText, type JsonObject } from 'loadbench/plugin'
import type { Answer } from '../answer/answer.ts'
import { usageOf, type CountNames } from '../answer/usage.ts'

/** The events that say something. Others, now or to come, are passed over unread. */
export const TELLING: ReadonlySet<string> = new Set([
  'contentBlockStart',
  'contentBlockDelta',
  'messageStop',
  'metadata',
])

/** Nova's own form has another name for what was read from the cache. */
const CONVERSE: CountNames = {
  input: 'inputTokens',
  output: 'outputTokens',
  read: 'cacheReadInputTokens',
  written: 'cacheWriteInputTokens',
  total: 'totalTokens',
}
const NOVA: CountNames = {
  ...CONVERSE,
  read: 'cacheReadInputTokenCount',
  written: 'cacheWriteInputTokenCount',
}

/** Reads one event of ConverseStream; those of Nova's own streams are the same. */
export function readEvent(name: string, event: JsonObject, answer: Answer): void {
  const { contentBlockIndex, start, delta, stopReason } = event
  const block = isAmount(contentBlockIndex) ? contentBlockIndex : 0
  if (name === 'contentBlockStart') {
    const use = isObject(start) ? start['toolUse'] : undefined
    if (isObject(use)) answer.tool(block, use['toolUseId'], use['name'])
  } else if (name === 'contentBlockDelta') {
    if (isObject(delta)) readDelta(delta, block, answer)
  } else if (name === 'messageStop') {
    answer.end(isText(stopReason) ? stopReason : 'unknown')
  } else if (name === 'metadata') readAccounts(event, answer)
}

/** What came of `usage` and `metrics`: in a stream they follow the end of the message. */
export function readAccounts({ usage, metrics }: JsonObject, answer: Answer): void {
  if (isObject(usage)) answer.usage(usageOf(usage, NOVA.read in usage ? NOVA : CONVERSE))
  const latency = isObject(metrics) ? metrics['latencyMs'] : undefined
  if (isAmount(latency)) answer.timing({ total: latency })
}

/** Signatures, redacted thoughts, citations and pictures hold no text. */
function readDelta({ text, toolUse, reasoningContent }: JsonObject, block: number, answer: Answer): void {
  answer.text(text)
  if (isObject(reasoningContent)) answer.reasoning(reasoningContent['text'])
  if (isObject(toolUse)) answer.toolInput(block, inputText(toolUse['input']))
}

/** The arguments of a tool call: text in pieces, or an object in an answer that came whole. */
export function inputText(input: unknown): string {
  if (typeof input === 'string') return input
  return isObject(input) ? jsonText(input) : ''
}
