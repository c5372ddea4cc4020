import { z } from 'zod'
import type { Ask } from '../answer.ts'
import type { Millis } from '../clock.ts'
import { complaint, tokensOfLength } from '../reading.ts'
import type { Tool } from '../toolcall.ts'

/** Ollama's own, 5 minutes. */
const KEEP_ALIVE: Millis = 300_000

const commonFields = {
  model: z.string().min(1),
  stream: z.boolean().nullish(),
  keep_alive: z.union([z.number(), z.string()]).nullish(),
  options: z.object({ num_predict: z.int().nullish() }).nullish(),
  think: z.union([z.boolean(), z.string()]).nullish(),
}
const chatSchema = z.object({
  ...commonFields,
  messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })).nullish(),
  tools: z.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) })).nullish(),
})
const generateSchema = z.object({
  ...commonFields,
  prompt: z.string().nullish(),
  system: z.string().nullish(),
})
const common = z.object(commonFields)

/** What a request to Ollama asks for. */
export interface OllamaAsk extends Ask {
  /** Nothing but to load the model, or to let go of it. */
  readonly only?: 'load' | 'unload'
}

type Read = OllamaAsk | { readonly complaint: string }

export function readChat(body: unknown): Read {
  const parsed = chatSchema.safeParse(body)
  if (!parsed.success) return complaint(parsed.error)
  const messages = parsed.data.messages ?? []
  const length = messages.reduce((sum, { content }) => sum + (content?.length ?? 0), 0)
  return askOf(parsed.data, messages.length === 0, length, parsed.data.tools?.[0]?.function)
}

export function readGenerate(body: unknown): Read {
  const parsed = generateSchema.safeParse(body)
  if (!parsed.success) return complaint(parsed.error)
  const { prompt, system } = parsed.data
  const empty = (prompt ?? '') === ''
  return askOf(parsed.data, empty, (prompt?.length ?? 0) + (system?.length ?? 0))
}

/** @returns how long the model stays loaded; text is a Go duration, a number counts seconds, below 0 is for ever */
export function keepAliveOf(value: number | string | null | undefined): Millis {
  if (value === null || value === undefined) return KEEP_ALIVE
  const millis = typeof value === 'number' ? value * 1_000 : parseGoDuration(value)
  return millis === undefined ? KEEP_ALIVE : millis < 0 ? Infinity : millis
}

/** @param empty no prompt: then the model is loaded or unloaded, and nothing is generated or streamed */
function askOf(request: z.output<typeof common>, empty: boolean, length: number, tool?: Tool): OllamaAsk {
  const keepAlive = keepAliveOf(request.keep_alive)
  const limit = request.options?.num_predict ?? 0
  const asked = empty
    ? ({ only: keepAlive === 0 ? 'unload' : 'load', maxTokens: 0, promptTokens: 0, streamed: false } as const)
    : { promptTokens: tokensOfLength(length), streamed: request.stream !== false }
  return {
    model: request.model,
    choices: 1,
    ...(limit > 0 && { maxTokens: limit }),
    ...asked,
    minTokens: 0,
    ignoreEos: false,
    reasons: request.think !== false,
    ...(tool !== undefined && { tool }),
    toolRequired: false,
    streamUsage: 'end',
    keepAlive,
  }
}

const GO_UNITS: Readonly<Record<string, Millis>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

/** `1h30m`, `-1m`, `0`. */
function parseGoDuration(text: string): Millis | undefined {
  if (!/^-?((\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+|0)$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)]
  const sum = parts.reduce(
    (total, [, amount, unit = '']) => total + Number(amount) * (GO_UNITS[unit] ?? 0),
    0,
  )
  return text.startsWith('-') ? -sum : sum
}
