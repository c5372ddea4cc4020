import type { Millis } from '../model/clock.ts'
import type {
  CallResult,
  CallTimings,
  ConnectTimes,
  ExchangeSample,
  Outcome,
  Stamps,
} from '../model/exchange.ts'
import type { Tags } from '../model/tags.ts'
import type { Exchange, ExchangeTimeline } from '../transport/exchange.ts'
import type { Wire } from '../transport/wire.ts'

/** What the client knows of an exchange beside what the exchange itself measured. */
export interface SampleContext {
  readonly id: string
  readonly scheduledAt: Millis | undefined
  readonly bytesSent: number
  readonly tags: Tags
  readonly keepGaps: boolean
  readonly wire: Wire
}

type Growing<T> = { -readonly [K in keyof T]: T[K] }

/** What most exchanges have: a connection from an earlier one. */
const NO_CONNECT: ConnectTimes = {}

/** The measured record of an ended exchange. */
export function sampleOf(exchange: Exchange, context: SampleContext): ExchangeSample {
  const { assembly, timeline, response, failure } = exchange
  const { scheduledAt, wire } = context
  const stamps: Growing<Stamps> = timeline
  if (scheduledAt !== undefined) stamps.scheduledAt = scheduledAt
  // Optional fields one by one: spread, they cost more than all the others together.
  const sample: Growing<ExchangeSample> = {
    id: context.id,
    outcome: outcomeOf(exchange),
    streamed: exchange.streamed,
    stamps,
    connect: connectSince(timeline.startedAt, wire),
    gaps: exchange.gaps,
    chunks: assembly.chunks,
    coalesced: exchange.coalesced,
    usage: assembly.usage,
    serverTiming: assembly.serverTiming,
    bytesSent: timeline.sentAt === undefined ? 0 : context.bytesSent,
    bytesReceived: exchange.bytesReceived,
    warnings: assembly.warnings,
    tags: context.tags,
    keepGaps: context.keepGaps,
  }
  if (assembly.countedTokens !== undefined) sample.countedTokens = assembly.countedTokens
  if (response !== undefined) sample.status = response.status
  if (assembly.finishReason !== undefined) sample.finishReason = assembly.finishReason
  if (failure !== undefined) sample.failure = failure
  return sample
}

/** How the wire's connection came about, if the exchange that started then had to make it. */
function connectSince(startedAt: Millis, { connectTimes }: Wire): ConnectTimes {
  const { begunAt } = connectTimes
  if (begunAt === undefined || begunAt < startedAt) return NO_CONNECT
  const { begunAt: _, ...connect } = connectTimes
  return connect
}

function outcomeOf(exchange: Exchange): Outcome {
  if (exchange.interrupted) return 'interrupted'
  return exchange.failure === undefined ? 'ok' : 'failed'
}

/** What the script gets to see of it. */
export function resultOf(exchange: Exchange, id: string): CallResult {
  const { assembly, timeline, response, failure } = exchange
  const tokens = assembly.outputTokens(exchange.streamed)
  const result: Growing<CallResult> = {
    ok: failure === undefined && !exchange.interrupted,
    text: assembly.text,
    reasoning: assembly.reasoning,
    toolCalls: assembly.toolCalls,
    embeddings: assembly.embeddings,
    usage: assembly.usage,
    timings: timingsOf(timeline),
    status: response?.status ?? 0,
    headers: response?.headers ?? {},
    id,
  }
  if (tokens !== undefined) {
    result.outputTokens = tokens.count
    result.tokenSource = tokens.source
  }
  if (assembly.finishReason !== undefined) result.finishReason = assembly.finishReason
  if (failure !== undefined) result.error = failure
  return result
}

function timingsOf(at: ExchangeTimeline): CallTimings {
  const { startedAt, endedAt } = at
  const timings: Growing<CallTimings> = { duration: endedAt - startedAt }
  if (at.firstTokenAt !== undefined) timings.ttft = at.firstTokenAt - startedAt
  if (at.firstAnswerAt !== undefined) timings.ttfat = at.firstAnswerAt - startedAt
  if (at.headersAt !== undefined) timings.headers = at.headersAt - startedAt
  if (at.lastTokenAt !== undefined) timings.lastToken = at.lastTokenAt - startedAt
  return timings
}
