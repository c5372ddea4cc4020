import { randomUUID } from 'node:crypto'
import type { Answer } from '../answer.ts'
import { admitFor } from '../aws/admit.ts'
import { events } from '../aws/event-stream.ts'
import type { Facts, Inquiry, Protocol } from '../protocol.ts'
import { choiceOf } from './choice.ts'
import { countHeaders, countsOf, invocationMetrics, latencyOf } from './counts.ts'
import { refuse } from './errors.ts'
import { familyOf } from './families.ts'
import type { FamilyStream, InvokeAsk } from './family.ts'
import { modelOf } from './model.ts'
import { padding } from './padding.ts'
import { BedrockWire } from './wire.ts'
import { askOf } from './wish.ts'

/** `POST /model/{id}/invoke`, and `invoke-with-response-stream` where `streamed`. */
export function invoke(streamed: boolean): Protocol<InvokeAsk> {
  return {
    idPrefix: 'invoke-',
    admit: admitFor('bedrock'),
    read(body, request) {
      const model = modelOf(request)
      const family = familyOf(model, body)
      if (streamed && family.stream === undefined) return UNSTREAMED
      const wish = family.read(body, request)
      if ('complaint' in wish) return wish
      return { ...askOf(wish, model, streamed), family, guarded: guarded(request) }
    },
    stream(answer, facts) {
      return wireOf(facts.ask.family.stream?.(answer, facts) ?? SILENT, answer, facts)
    },
    whole(answer, facts) {
      const body = facts.ask.family.whole(answer, facts)
      const action = actionOf(answer, facts)
      return action === undefined ? body : withField(body, action)
    },
    wholeHeaders(answer, facts) {
      const counts = countsOf(answer, facts)
      return {
        'x-amzn-requestid': randomUUID(),
        'x-amzn-bedrock-invocation-latency': String(latencyOf(facts)),
        ...(counts && countHeaders(counts)),
      }
    },
    refuse,
  }
}

const UNSTREAMED = { complaint: 'The model is unsupported for streaming.' }
const SILENT: FamilyStream = { open: () => [], tokens: () => [], finish: () => [], end: () => [] }

function wireOf(told: FamilyStream, answer: Answer, facts: Facts<InvokeAsk>): BedrockWire {
  const pad = padding(answer)
  const action = actionOf(answer, facts)
  const write = (all: readonly string[]) =>
    all.map((json) => chunkOf(action === undefined ? json : withField(json, action), pad())).join('')
  return new BedrockWire(
    { 'x-amzn-requestid': randomUUID(), 'x-amzn-bedrock-content-type': 'application/json' },
    {
      open: () => write(told.open()),
      tokens: (from, to) => write(told.tokens(from, to)),
      finish: () => write(told.finish()),
      end() {
        const counts = countsOf(answer, facts)
        const last = told.end()
        if (counts === undefined) return write(last)
        const metrics = `"amazon-bedrock-invocationMetrics":${JSON.stringify(invocationMetrics(counts, facts))}`
        return write(last.map((json) => withField(json, metrics)))
      },
    },
  )
}

const CHUNK = events('chunk')

function chunkOf(json: string, pad: string): string {
  return CHUNK(`{"bytes":"${Buffer.from(json).toString('base64')}","p":"${pad}"}`)
}

/** What a guardrail did, where one was asked for, as a field of every chunk. */
function actionOf(answer: Answer, { ask }: Facts<InvokeAsk>): string | undefined {
  if (!ask.guarded) return undefined
  const action = choiceOf(answer).finish === 'content_filter' ? 'INTERVENED' : 'NONE'
  return `"amazon-bedrock-guardrailAction":"${action}"`
}

function guarded({ headers }: Inquiry): boolean {
  return headers['x-amzn-bedrock-guardrailidentifier'] !== undefined
}

/** Adds a field to a JSON object that has some. */
function withField(json: string, field: string): string {
  return `${json.slice(0, -1)},${field}}`
}
