import { randomUUID } from 'node:crypto'
import type { Answer, Ask } from '../answer.ts'
import { admitFor } from '../aws/admit.ts'
import { events, type MessageWriter } from '../aws/event-stream.ts'
import type { Facts, Protocol } from '../protocol.ts'
import { choiceOf } from './choice.ts'
import { countsOf, latencyOf, usageOf } from './counts.ts'
import { refuse } from './errors.ts'
import { modelOf } from './model.ts'
import { padding } from './padding.ts'
import { unifiedWish } from './unified-request.ts'
import {
  UNIFIED_REASONS,
  UNIFIED_TYPES,
  unifiedContent,
  UnifiedMessage,
  type UnifiedEvent,
  type UnifiedType,
} from './unified.ts'
import { BedrockWire } from './wire.ts'
import { askOf } from './wish.ts'

interface ConverseAsk extends Ask {
  /** Whether a guardrail was asked for. */
  readonly guarded: boolean
}

/** `POST /model/{id}/converse`, and `converse-stream` where `streamed`. */
export function converse(streamed: boolean): Protocol<ConverseAsk> {
  return {
    idPrefix: 'converse-',
    admit: admitFor('bedrock'),
    read(body, request) {
      const wish = unifiedWish(body)
      if ('complaint' in wish) return wish
      const guarded = (body as { guardrailConfig?: unknown }).guardrailConfig !== undefined
      return { ...askOf({ ...wish, reasons: true }, modelOf(request), streamed), guarded }
    },
    stream: (answer, facts) => streamOf(answer, facts),
    whole: (answer, facts) =>
      JSON.stringify({
        metrics: { latencyMs: latencyOf(facts) },
        output: { message: { content: unifiedContent(answer), role: 'assistant' } },
        stopReason: stopReasonOf(answer, facts),
        ...usageField(answer, facts),
      }),
    wholeHeaders: () => ({ 'x-amzn-requestid': randomUUID() }),
    refuse,
  }
}

function streamOf(answer: Answer, facts: Facts<ConverseAsk>): BedrockWire {
  const message = new UnifiedMessage(answer, false)
  const pad = padding(answer)
  const write = (all: readonly UnifiedEvent[]) =>
    all.map(({ type, fields }) => WRITERS[type](`${fields.slice(0, -1)},"p":"${pad()}"}`)).join('')
  return new BedrockWire(
    { 'x-amzn-requestid': randomUUID() },
    {
      open: () => write(message.open()),
      tokens: (from, to) => write(message.tokens(from, to)),
      finish: () => write(message.finish(stopReasonOf(answer, facts))),
      end() {
        const fields = { metrics: { latencyMs: latencyOf(facts) }, ...usageField(answer, facts) }
        return write([{ type: 'metadata', fields: JSON.stringify(fields) }])
      },
    },
  )
}

function stopReasonOf(answer: Answer, { ask }: Facts<ConverseAsk>): string {
  const { finish } = choiceOf(answer)
  return finish === 'content_filter' && ask.guarded ? 'guardrail_intervened' : UNIFIED_REASONS[finish]
}

function usageField(answer: Answer, facts: Facts) {
  const counts = countsOf(answer, facts)
  return counts && { usage: usageOf(counts) }
}

const WRITERS = Object.fromEntries(UNIFIED_TYPES.map((type) => [type, events(type)])) as Record<
  UnifiedType,
  MessageWriter
>
