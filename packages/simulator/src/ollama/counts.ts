import type { Millis } from '../clock.ts'
import type { Answer } from '../answer.ts'
import type { Facts } from '../protocol.ts'

/** What the last line tells of tokens and times; durations in ns. What is 0 is left out, as Ollama does. */
export function countsOf(answer: Answer, facts: Facts): Readonly<Record<string, number>> {
  const { queue, load, ttft, elapsed } = facts.times()
  const told = facts.usage !== 'never'
  return withoutZeros({
    total_duration: nanos(queue + elapsed),
    load_duration: nanos(load),
    prompt_eval_count: told ? answer.promptTokens : 0,
    prompt_eval_duration: nanos(ttft - load),
    eval_count: told ? answer.outputTokens : 0,
    eval_duration: nanos(elapsed - ttft),
  })
}

export function nanos(duration: Millis): number {
  return Math.max(0, Math.round(duration * 1e6))
}

export function withoutZeros(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0))
}
