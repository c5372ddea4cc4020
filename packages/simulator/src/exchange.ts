import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Steps } from './agenda.ts'
import { compose, longest } from './answer.ts'
import type { Backend } from './backend.ts'
import { readBody } from './body.ts'
import { breakOf } from './break.ts'
import { now, type Millis } from './clock.ts'
import { draw } from './distribution.ts'
import { isRefusal } from './faults.ts'
import { readOrder, type Order } from './order.ts'
import { Outlet } from './outlet.ts'
import type { Protocol, Reply } from './protocol.ts'
import { chunks } from './schedule.ts'
import { DEFAULT_MODEL } from './settings.ts'
import { stream } from './stream.ts'
import type { TruthRecord } from './truth.ts'
import { whole } from './whole.ts'

/** The page of a proxy that cannot reach what it stands in front of. */
const BAD_GATEWAY: Reply = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n',
}

/** Answers one request of a protocol, from its headers to the end of the answer. */
export function exchange(
  backend: Backend,
  protocol: Protocol,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const n = ++backend.accepted
  const record = newRecord(protocol, request, n)
  const out = new Outlet(request, response, record)
  backend.truth.keep(record)
  out.onClose(() => {
    backend.finished++
    if (record.endedAt !== undefined) return
    record.endedAt = now()
    record.left = true
    backend.left++
  })
  readBody(request, (body) => {
    const order = readOrder(backend.settings, protocol, request.headers, body, n)
    if ('reply' in order) out.reply(order.reply)
    else carryOut(backend, protocol, order, out)
  })
}

function newRecord(protocol: Protocol, request: IncomingMessage, n: number): TruthRecord {
  const named = request.headers['x-sim-id']
  const id = typeof named === 'string' ? named : `${protocol.idPrefix}sim-${n}`
  return { id, n, acceptedAt: now(), tokens: [], tokensPerChunk: [], outputTokens: 0 }
}

/** Gives a request what its order says, as soon as there is a slot for it. */
function carryOut(backend: Backend, protocol: Protocol, order: Order, out: Outlet): void {
  const { fault, behaviour } = order
  const { record } = out
  if (fault !== undefined) {
    record.fault = fault
    backend.countFault(fault)
  }
  if (isRefusal(fault)) return out.reply(protocol.refuse(fault, behaviour))
  if (fault === 'html-error') return out.reply(BAD_GATEWAY)
  if (fault === 'reset-before-headers') return out.reset()
  let cancel: (() => void) | undefined
  const leave = backend.slots.take((waited) => {
    const start = waited ? now() : record.acceptedAt
    record.startedAt = start
    const steps =
      fault === 'slow-headers' ? late(protocol, order, start, out) : answer(protocol, order, start, out)
    cancel = backend.agenda.play(steps)
  })
  if (leave === undefined) return out.reply(protocol.refuse('overloaded', behaviour))
  out.onClose(() => {
    cancel?.()
    leave()
  })
}

/** The steps of an answer that starts late. */
function* late(protocol: Protocol, order: Order, from: Millis, out: Outlet): Steps {
  const start = from + order.behaviour.slowHeaders
  yield start
  yield* answer(protocol, order, start, out)
}

/** The steps of a good answer, or of one that goes bad on its way. */
function answer(protocol: Protocol, order: Order, start: Millis, out: Outlet): Steps {
  const { ask, behaviour, random, fault } = order
  const { record } = out
  const said = compose(ask, behaviour, random, fault)
  record.promptTokens = said.promptTokens
  const uncached = said.promptTokens - (said.cachedTokens ?? 0)
  const first = draw(behaviour.ttft, random) + uncached * behaviour.prefillPerToken
  const { itl, tokensPerChunk, usage, reasoningField, roleChunk } = behaviour
  const part = {
    answer: said,
    start,
    first,
    chunks: chunks({ first, itl, tokensPerChunk }, longest(said), random),
    break: breakOf(fault, behaviour, said),
  }
  const facts = {
    id: `${protocol.idPrefix}sim-${record.n}`,
    model: ask.model ?? DEFAULT_MODEL,
    created: Math.floor(Date.now() / 1_000),
    usage,
    streamUsage: ask.streamUsage,
    reasoningField,
  }
  if (!ask.streamed || fault === 'not-streamed') {
    const reply = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: protocol.whole(said, facts),
    }
    return whole({ ...part, reply }, out)
  }
  const wire = protocol.stream(said, facts)
  return stream({ ...part, wire, roleChunk, done: fault !== 'no-done' }, out)
}
