import type { ExchangeSample } from '../model/exchange.ts'
import { builtIn, type MetricDefinition } from '../model/metric.ts'
import type { PricingPlan, SloPlan } from '../model/plan.ts'
import { goodness } from './goodness.ts'

/** Receives the values an exchange gives. `tag` is one more tag for this value alone. */
export type Emit = (
  metric: MetricDefinition,
  value: number,
  tag?: readonly [name: string, value: string],
) => void

const M = {
  requests: builtIn('requests'),
  failed: builtIn('request_failed'),
  interrupted: builtIn('request_interrupted'),
  interruptedAge: builtIn('interrupted_age'),
  duration: builtIn('request_duration'),
  sent: builtIn('data_sent'),
  received: builtIn('data_received'),
  goodput: builtIn('goodput'),
  good: builtIn('good_requests'),
  cost: builtIn('cost'),
  ttft: builtIn('ttft'),
  ttfat: builtIn('ttfat'),
  ttftScheduled: builtIn('ttft_scheduled'),
  itl: builtIn('itl'),
  tpot: builtIn('tpot'),
  e2e: builtIn('e2e_latency'),
  headers: builtIn('time_to_headers'),
  connecting: builtIn('connecting'),
  tls: builtIn('tls_handshaking'),
  sending: builtIn('sending'),
  speed: builtIn('tokens_per_second'),
  perChunk: builtIn('tokens_per_chunk'),
  inputLength: builtIn('input_length'),
  outputLength: builtIn('output_length'),
  reasoningLength: builtIn('reasoning_length'),
  cachedLength: builtIn('cached_length'),
  inputTokens: builtIn('input_tokens'),
  outputTokens: builtIn('output_tokens'),
} as const

const SERVER_TIMINGS = ['queue', 'prefill', 'decode', 'inference', 'load', 'ttft', 'total'] as const
const SERVER = SERVER_TIMINGS.map((name) => [name, builtIn(`server_${name}`)] as const)

const BROKEN = ['outcome', 'broken'] as const
/** Where no token had come yet, how long it was waited for. */
const CUT = ['outcome', 'interrupted'] as const

/**
 * The metrics of one exchange (docs/metrics.md). Failed ones add to counters and `request_duration`
 * only; interrupted ones to `request_interrupted` and `interrupted_age`, and apart from it to `ttft`, so that no latency of an
 * answer that was not whole mixes into the others.
 */
export function fold(
  sample: ExchangeSample,
  slo: SloPlan,
  pricing: PricingPlan | undefined,
  emit: Emit,
): void {
  const { outcome, stamps, failure } = sample
  emit(M.requests, 1, failure === undefined ? undefined : ['error', failure.class])
  emit(M.sent, sample.bytesSent)
  emit(M.received, sample.bytesReceived)
  foldTokenCounts(sample, pricing, emit)
  const good = goodness(sample, slo)
  if (good !== undefined) {
    emit(M.goodput, good ? 1 : 0)
    if (good) emit(M.good, 1)
  }
  if (outcome === 'interrupted') {
    emit(M.interrupted, 1)
    emit(M.interruptedAge, stamps.endedAt - stamps.startedAt)
    if (sample.streamed) emit(M.ttft, (stamps.firstTokenAt ?? stamps.endedAt) - stamps.startedAt, CUT)
    return
  }
  // A counter that never counted has no data; this one is to say 0.
  emit(M.interrupted, 0)
  emit(M.failed, outcome === 'failed' ? 1 : 0)
  emit(M.duration, stamps.endedAt - stamps.startedAt)
  if (outcome === 'ok') {
    foldLatencies(sample, emit)
    foldPhases(sample, emit)
    foldLengths(sample, emit)
  } else if (stamps.firstTokenAt !== undefined) {
    emit(M.ttft, stamps.firstTokenAt - stamps.startedAt, BROKEN)
  }
}

function foldLatencies(sample: ExchangeSample, emit: Emit): void {
  const { startedAt, scheduledAt, firstTokenAt, firstAnswerAt, lastTokenAt, endedAt } = sample.stamps
  emit(M.e2e, (sample.streamed ? (lastTokenAt ?? endedAt) : endedAt) - startedAt)
  if (firstTokenAt === undefined) return
  emit(M.ttft, firstTokenAt - startedAt)
  if (firstAnswerAt !== undefined) emit(M.ttfat, firstAnswerAt - startedAt)
  if (scheduledAt !== undefined) emit(M.ttftScheduled, firstTokenAt - scheduledAt)
  for (const gap of sample.gaps) emit(M.itl, gap)
}

function foldPhases(sample: ExchangeSample, emit: Emit): void {
  const { startedAt, sentAt, headersAt } = sample.stamps
  const { connecting, tlsHandshaking } = sample.connect
  if (connecting !== undefined) emit(M.connecting, connecting)
  if (tlsHandshaking !== undefined) emit(M.tls, tlsHandshaking)
  if (sentAt !== undefined) {
    emit(M.sending, Math.max(0, sentAt - startedAt - (connecting ?? 0) - (tlsHandshaking ?? 0)))
  }
  if (headersAt !== undefined) emit(M.headers, headersAt - startedAt)
  for (const [name, metric] of SERVER) {
    const value = sample.serverTiming[name]
    if (value !== undefined) emit(metric, value)
  }
}

/**
 * Output tokens of an answer by the best source known; `undefined` where nothing was generated, or where
 * an answer in one piece came without a count.
 */
function outputTokensOf(sample: ExchangeSample): readonly [count: number, source: string] | undefined {
  const exact = sample.usage.outputTokens ?? sample.countedTokens
  if (exact !== undefined) return [exact, 'usage']
  return sample.streamed && sample.chunks > 0 ? [sample.chunks, 'chunks'] : undefined
}

function foldLengths(sample: ExchangeSample, emit: Emit): void {
  const { usage, stamps, chunks } = sample
  if (usage.inputTokens !== undefined) emit(M.inputLength, usage.inputTokens)
  if (usage.reasoningTokens !== undefined) emit(M.reasoningLength, usage.reasoningTokens)
  if (usage.cachedTokens !== undefined) emit(M.cachedLength, usage.cachedTokens)
  const output = outputTokensOf(sample)
  if (output === undefined) return
  const [tokens, name] = output
  const source = ['token_source', name] as const
  emit(M.outputLength, tokens, source)
  if (!sample.streamed || chunks === 0) return
  emit(M.perChunk, tokens / chunks, source)
  if (tokens < 2 || stamps.firstTokenAt === undefined || stamps.lastTokenAt === undefined) return
  const perToken = (stamps.lastTokenAt - stamps.firstTokenAt) / (tokens - 1)
  emit(M.tpot, perToken, source)
  if (perToken > 0) emit(M.speed, 1_000 / perToken, source)
}

function foldTokenCounts(sample: ExchangeSample, pricing: PricingPlan | undefined, emit: Emit): void {
  const { usage } = sample
  const output = outputTokensOf(sample)
  if (usage.inputTokens !== undefined) emit(M.inputTokens, usage.inputTokens)
  if (output !== undefined) emit(M.outputTokens, output[0], ['token_source', output[1]])
  if (pricing === undefined || (usage.inputTokens === undefined && output === undefined)) return
  const cached = usage.cachedTokens ?? 0
  const fresh = Math.max(0, (usage.inputTokens ?? 0) - cached)
  const amount = fresh * pricing.input + cached * pricing.cached + (output?.[0] ?? 0) * pricing.output
  emit(M.cost, amount / 1e6)
}
