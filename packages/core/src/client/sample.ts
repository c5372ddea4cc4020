import type { Millis } from '../model/clock.ts'
import type { CallResult, ExchangeSample, Outcome } from '../model/exchange.ts'
import type { Tags } from '../model/tags.ts'
import type { Exchange } from '../transport/exchange.ts'
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

/** The measured record of an ended exchange. */
export function sampleOf(exchange: Exchange, context: SampleContext): ExchangeSample {
  const { assembly, timeline, response, failure } = exchange
  const { scheduledAt, wire } = context
  const { begunAt, ...connect } = wire.connectTimes
  const status = response?.status
  return {
    id: context.id,
    outcome: outcomeOf(exchange),
    streamed: exchange.streamed,
    stamps: { ...timeline, ...(scheduledAt === undefined ? {} : { scheduledAt }) },
    connect: begunAt !== undefined && begunAt >= timeline.startedAt ? connect : {},
    gaps: exchange.gaps,
    chunks: assembly.chunks,
    coalesced: exchange.coalesced,
    usage: assembly.usage,
    ...(assembly.countedTokens === undefined ? {} : { countedTokens: assembly.countedTokens }),
    serverTiming: assembly.serverTiming,
    bytesSent: timeline.sentAt === undefined ? 0 : context.bytesSent,
    bytesReceived: exchange.bytesReceived,
    ...(status === undefined ? {} : { status }),
    ...(assembly.finishReason === undefined ? {} : { finishReason: assembly.finishReason }),
    ...(failure === undefined ? {} : { failure }),
    warnings: assembly.warnings,
    tags: context.tags,
    keepGaps: context.keepGaps,
  }
}

function outcomeOf(exchange: Exchange): Outcome {
  if (exchange.interrupted) return 'interrupted'
  return exchange.failure === undefined ? 'ok' : 'failed'
}

/** What the script gets to see of it. */
export function resultOf(exchange: Exchange, id: string): CallResult {
  const { assembly, timeline, response, failure } = exchange
  const { startedAt, endedAt, firstTokenAt, firstAnswerAt, headersAt, lastTokenAt } = timeline
  const tokens = assembly.outputTokens(exchange.streamed)
  return {
    ok: failure === undefined && !exchange.interrupted,
    text: assembly.text,
    reasoning: assembly.reasoning,
    toolCalls: assembly.toolCalls,
    embeddings: assembly.embeddings,
    usage: assembly.usage,
    ...(tokens === undefined ? {} : { outputTokens: tokens.count, tokenSource: tokens.source }),
    ...(assembly.finishReason === undefined ? {} : { finishReason: assembly.finishReason }),
    timings: {
      ...(firstTokenAt === undefined ? {} : { ttft: firstTokenAt - startedAt }),
      ...(firstAnswerAt === undefined ? {} : { ttfat: firstAnswerAt - startedAt }),
      ...(headersAt === undefined ? {} : { headers: headersAt - startedAt }),
      ...(lastTokenAt === undefined ? {} : { lastToken: lastTokenAt - startedAt }),
      duration: endedAt - startedAt,
    },
    status: response?.status ?? 0,
    headers: response?.headers ?? {},
    ...(failure === undefined ? {} : { error: failure }),
    id,
  }
}
