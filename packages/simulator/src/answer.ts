import type { Millis } from './clock.ts'
import { drawCount, MAX_COUNT } from './distribution.ts'
import type { FaultName } from './faults.ts'
import type { Random } from './random.ts'
import type { Behaviour } from './schema.ts'
import { callArguments, toolCall, type Tool, type ToolCall } from './toolcall.ts'
import { repeat, speak, tokensOf } from './words.ts'

/** What a request asks for, whatever its protocol. */
export interface Ask {
  readonly model?: string
  readonly streamed: boolean
  /** Answers wanted, at least 1. */
  readonly choices: number
  readonly promptTokens: number
  readonly maxTokens?: number
  readonly minTokens: number
  /** Goes on up to `maxTokens`. */
  readonly ignoreEos: boolean
  /** Whether the protocol has a place for reasoning. */
  readonly reasons: boolean
  /** The tool a call would go to. */
  readonly tool?: Tool
  /** Whether the request insists on that call. */
  readonly toolRequired: boolean
  /** Token counts in the stream: not at all, once at the end, on every chunk. */
  readonly streamUsage: 'no' | 'end' | 'every'
  /**
   * The end is told by the last token: where the model stops by itself, that is one more, `END_TOKEN`.
   * A fault in the middle of the answer comes before it.
   */
  readonly endsOnToken?: boolean
  /** Where the server loads models on demand: how long this one stays afterwards, ms. */
  readonly keepAlive?: Millis
}

/** The token that means the end: generated and counted, but without text. */
export const END_TOKEN = ''

export type Finish = 'stop' | 'length' | 'tool_calls' | 'content_filter'

/** One of the answers to a request. */
export interface Choice {
  /** First reasoning, then text, or the fragments of the call's arguments. */
  readonly tokens: readonly string[]
  /** How many of them are reasoning. */
  readonly reasoning: number
  readonly call?: ToolCall
  readonly finish: Finish
}

export interface Answer {
  readonly choices: readonly Choice[]
  readonly promptTokens: number
  /** Prompt tokens that came from a cache; `undefined`: not told. */
  readonly cachedTokens?: number
  /** Everything generated, reasoning included. */
  readonly outputTokens: number
  readonly reasoningTokens: number
}

/** Draws what will be said. Of the faults those count that change the answer itself. */
export function compose(ask: Ask, behaviour: Behaviour, random: Random, fault?: FaultName): Answer {
  const choices = Array.from({ length: ask.choices }, () =>
    cut(end(say(ask, behaviour, random), ask), ask, behaviour, fault),
  )
  const { cachedTokens } = behaviour
  return {
    choices,
    promptTokens: ask.promptTokens,
    ...(cachedTokens !== undefined && { cachedTokens: Math.min(cachedTokens, ask.promptTokens) }),
    outputTokens: choices.reduce((sum, choice) => sum + choice.tokens.length, 0),
    reasoningTokens: choices.reduce((sum, choice) => sum + choice.reasoning, 0),
  }
}

/** After how many of `tokens` a fault in the middle of an answer happens. */
export function breakPoint(behaviour: Behaviour, tokens: number): number {
  return behaviour.faultAfter ?? Math.ceil(Math.max(1, tokens) / 2)
}

/** Tokens of the longest answer. */
export function longest(answer: Answer): number {
  return answer.choices.reduce((most, choice) => Math.max(most, choice.tokens.length), 0)
}

function say(ask: Ask, behaviour: Behaviour, random: Random): Choice {
  const given = behaviour.text === undefined ? undefined : tokensOf(behaviour.text)
  const thought = ask.reasons ? drawCount(behaviour.reasoningTokens, random, 0) : 0
  const wanted = thought + (given?.length ?? drawCount(behaviour.outputTokens, random, 1))
  const most = ask.maxTokens ?? Infinity
  const total = Math.min(
    most,
    MAX_COUNT,
    ask.ignoreEos && most < Infinity ? most : Math.max(ask.minTokens, wanted),
  )
  const reasoning = Math.min(thought, total)
  const thoughts = speak(reasoning, random)
  if (ask.tool !== undefined && calls(behaviour, ask)) {
    const call = toolCall(ask.tool, random)
    const fragments = callArguments(ask.tool, Math.max(1, total - reasoning), random)
    return { tokens: [...thoughts, ...fragments], reasoning, call, finish: 'tool_calls' }
  }
  const rest = total - reasoning
  const words = given === undefined ? speak(rest, random) : repeat(given, rest)
  return { tokens: [...thoughts, ...words], reasoning, finish: total >= most ? 'length' : 'stop' }
}

function calls(behaviour: Behaviour, ask: Ask): boolean {
  return behaviour.toolCalls === 'always' || (behaviour.toolCalls === 'auto' && ask.toolRequired)
}

function end(choice: Choice, { endsOnToken }: Ask): Choice {
  if (endsOnToken !== true || choice.finish === 'length') return choice
  return { ...choice, tokens: [...choice.tokens, END_TOKEN] }
}

/** The answer as a fault leaves it. */
function cut(choice: Choice, ask: Ask, behaviour: Behaviour, fault: FaultName | undefined): Choice {
  if (fault === 'empty') return end({ tokens: [], reasoning: 0, finish: 'stop' }, ask)
  if (fault !== 'content-filter') return choice
  const tokens = choice.tokens.slice(0, breakPoint(behaviour, choice.tokens.length))
  return { ...choice, tokens, reasoning: Math.min(choice.reasoning, tokens.length), finish: 'content_filter' }
}
