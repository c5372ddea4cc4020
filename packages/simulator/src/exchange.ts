import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Steps } from './agenda.ts'
import { compose, longest } from './answer.ts'
import type { Backend } from './backend.ts'
import { inquiryOf, readBody } from './body.ts'
import { breakOf } from './break.ts'
import { now, type Millis } from './clock.ts'
import { draw } from './distribution.ts'
import { isRefusal } from './faults.ts'
import { readOrder, type Order } from './order.ts'
import { Outlet } from './outlet.ts'
import type { AnyProtocol, Facts, Inquiry, Reply } from './protocol.ts'
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
  protocol: AnyProtocol,
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
    const inquiry = inquiryOf(request, body)
    const order = readOrder(backend.settings, protocol, inquiry, n)
    if ('reply' in order) out.reply(order.reply)
    else carryOut(backend, protocol, { ...order, request: inquiry }, out)
  })
}

/** What a request is to get, and the request. */
type Commission = Order & { readonly request: Inquiry }
/** `load`: how long the model is still loading. */
type Started = Commission & { readonly load: Millis }

function newRecord(protocol: AnyProtocol, request: IncomingMessage, n: number): TruthRecord {
  const named = request.headers['x-sim-id']
  const id = typeof named === 'string' ? named : `${protocol.idPrefix}sim-${n}`
  return { id, n, acceptedAt: now(), tokens: [], tokensPerChunk: [], outputTokens: 0 }
}

/** Gives a request what its order says, as soon as there is a slot for it. */
function carryOut(backend: Backend, protocol: AnyProtocol, order: Commission, out: Outlet): void {
  const { ask, fault, behaviour } = order
  const { record } = out
  if (fault !== undefined) {
    record.fault = fault
    backend.countFault(fault)
  }
  if (isRefusal(fault)) return out.reply(protocol.refuse(fault, behaviour, undefined, ask))
  if (fault === 'html-error') return out.reply(BAD_GATEWAY)
  if (fault === 'reset-before-headers') return out.reset()
  let cancel: (() => void) | undefined
  const leave = backend.slots.take((waited) => {
    const start = waited ? now() : record.acceptedAt
    record.startedAt = start
    const load = loadModel(backend, order, start, out)
    const part = { ...order, load }
    const steps =
      fault === 'slow-headers' ? late(protocol, part, start, out) : answer(protocol, part, start, out)
    cancel = backend.agenda.play(steps)
  })
  if (leave === undefined) return out.reply(protocol.refuse('overloaded', behaviour, undefined, ask))
  out.onClose(() => {
    cancel?.()
    leave()
  })
}

/** Where models are loaded on demand, has the one asked for. @returns how long that takes */
function loadModel({ memory }: Backend, { ask, behaviour }: Order, start: Millis, out: Outlet): Millis {
  if (ask.keepAlive === undefined) return 0
  const model = ask.model ?? DEFAULT_MODEL
  out.onClose(() => memory.release(model, ask, now()))
  return memory.use(model, ask, start, behaviour.loadTime)
}

/** The steps of an answer that starts late. */
function* late(protocol: AnyProtocol, order: Started, from: Millis, out: Outlet): Steps {
  const start = from + order.behaviour.slowHeaders
  yield start
  yield* answer(protocol, order, start, out)
}

/** The steps of a good answer, or of one that goes bad on its way. */
function answer(protocol: AnyProtocol, order: Started, start: Millis, out: Outlet): Steps {
  const { ask, behaviour, random, fault, load } = order
  const said = compose(ask, behaviour, random, fault)
  out.record.promptTokens = said.promptTokens
  const uncached = said.promptTokens - (said.cachedTokens ?? 0)
  const prefill = draw(behaviour.ttft, random) + uncached * behaviour.prefillPerToken
  // Without a prompt there is nothing to compute.
  const first = load + (said.promptTokens === 0 ? 0 : prefill)
  const { itl, tokensPerChunk, roleChunk } = behaviour
  const part = {
    answer: said,
    start,
    first,
    chunks: chunks({ first, itl, tokensPerChunk }, longest(said), random),
    break: breakOf(fault, behaviour, ask, said),
  }
  const facts = factsOf(protocol, order, { start, first }, out.record)
  if (protocol.stream === undefined || !ask.streamed || fault === 'not-streamed') {
    const reply = () => ({
      status: 200,
      headers: { 'content-type': 'application/json', ...protocol.wholeHeaders?.(said, facts) },
      body: protocol.whole(said, facts),
    })
    return whole({ ...part, reply }, out)
  }
  const wire = protocol.stream(said, facts)
  out.binary = wire.binary ?? false
  return stream({ ...part, wire, roleChunk, done: fault !== 'no-done' }, out)
}

function factsOf(
  { idPrefix }: AnyProtocol,
  { ask, behaviour, request, load }: Started,
  { start, first }: { readonly start: Millis; readonly first: Millis },
  { n, acceptedAt }: TruthRecord,
): Facts {
  const { usage, reasoningField, dimensions } = behaviour
  return {
    id: `${idPrefix}sim-${n}`,
    model: ask.model ?? DEFAULT_MODEL,
    created: Math.floor(Date.now() / 1_000),
    usage,
    streamUsage: ask.streamUsage,
    reasoningField,
    dimensions,
    request,
    ask,
    times: () => ({ queue: start - acceptedAt, ttft: first, load, elapsed: now() - start }),
  }
}
