import type { DistributionSpec } from './distribution.ts'
import type { FaultName, FaultOdds } from './faults.ts'
import type { Millis } from './clock.ts'

/** Served where no model is named. */
export const DEFAULT_MODEL = 'sim-8b'

/** What can be spoken. */
export const PROTOCOLS = ['openai', 'ollama', 'tgi', 'bedrock', 'sagemaker'] as const
export type ProtocolName = (typeof PROTOCOLS)[number]

/** When the chunk with the role goes out: as soon as a slot is taken, or with the first token. */
export type RoleChunk = 'early' | 'with-first-token'

/** `auto`: where the request insists on a call (`tool_choice`). */
export type ToolCalls = 'never' | 'auto' | 'always'

/** Where a stream tells its token counts; `on-request` follows `stream_options`. */
export type UsagePlacement = 'on-request' | 'always' | 'never' | 'finish-chunk' | 'every-chunk'

/** How requests are answered. All of it may also stand in a request's `x-sim` header, for that request. */
export interface AnswerSettings {
  /** Time to first token, ms. Default `lognormal:180,0.25`. */
  readonly ttft?: DistributionSpec
  /** Time between two tokens, ms. Default `lognormal:20,0.1`. */
  readonly itl?: DistributionSpec
  /** Added to the time to first token for each prompt token that is not cached, ms. Default 0. */
  readonly prefillPerToken?: Millis
  /** Tokens of the answer, without reasoning; the request's limits go before it. Default 64. */
  readonly outputTokens?: DistributionSpec
  /** Tokens that leave in one chunk. Default 1. */
  readonly tokensPerChunk?: DistributionSpec
  /** Reasoning tokens before the answer. Default 0. */
  readonly reasoningTokens?: DistributionSpec
  /** The field that carries reasoning. Default `reasoning_content`. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning'
  /** Default `with-first-token`. */
  readonly roleChunk?: RoleChunk
  /** Default `auto`. */
  readonly toolCalls?: ToolCalls
  /** Default `on-request`. */
  readonly usage?: UsagePlacement
  /** Length of embeddings where the request does not set it. Default 1024. */
  readonly dimensions?: number
  /** How long a model takes to load that is not in memory, of servers that load on demand (Ollama), ms. Default 0. */
  readonly loadTime?: Millis
  /** Prompt tokens said to come from a cache. Default: nothing is said about it. */
  readonly cachedTokens?: number
  /** The answer, word for word; its words are the tokens. Default: plain sentences. */
  readonly text?: string
  /** Fixes what is random for the request's number; in `x-sim`, whatever its number. Default 1. */
  readonly seed?: number
  /** Probability of each fault, together at most 1. Default none. */
  readonly faults?: FaultOdds
  /** The fault to happen, or `none`, whatever the probabilities. Default: drawn from `faults`. */
  readonly fault?: FaultName | 'none'
  /** Tokens of each answer before a fault in its middle. Default: half of them. */
  readonly faultAfter?: number
  /** How late the fault `slow-headers` is, ms. Default 2000. */
  readonly slowHeaders?: Millis
  /** Seconds asked for in Retry-After. Default 1. */
  readonly retryAfter?: number
}

/** Everything that can be set. */
export interface SimulatorSettings extends AnswerSettings {
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  /** What kinds of server it is, all at once. Default: every one. */
  readonly speaks?: readonly ProtocolName[]
  /** Key that requests which generate, or list models of OpenAI, have to bear. Default: none is asked for. */
  readonly apiKey?: string
  /** Secret access keys by their ids, with which requests to Bedrock and SageMaker may be signed besides the simulator's own pair. */
  readonly awsKeys?: Readonly<Record<string, string>>
  /** Models served; others are refused. Default: `sim-8b` is listed, any is served. */
  readonly models?: readonly string[]
  /** Requests answered at a time. Default: no bound. */
  readonly slots?: number
  /** Requests that may wait for a slot; a further one is refused with 503. Default: no bound. */
  readonly queueLimit?: number
  /** Of how many requests, the last ones, the ground truth is kept. Default 0. */
  readonly truth?: number
}
