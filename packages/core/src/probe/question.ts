import { now, type Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { ProbeAnswer, ProbeRequest } from '../model/probe.ts'
import type { HttpRequest } from '../model/provider.ts'
import { ask } from '../transport/ask.ts'
import type { TlsOptions } from '../transport/tls-context.ts'

/** Bytes of an answer that are read; some gateways list thousands of models. */
const LONGEST_BODY = 4 * 1024 * 1024

/** How questions are put. */
export interface Asking {
  /** When the last answer is due, on the shared clock. */
  readonly endsAt: Millis
  readonly tls: TlsOptions
}

/** An answer, or why there is none. */
export interface Answered {
  readonly answer: ProbeAnswer
  readonly failure?: Failure
}

const NO_ANSWER: ProbeAnswer = { status: 0, headers: {}, body: '', json: undefined }

/** Where a question goes: a path at the target's origin, never at a host (`//about`), or an address of its own. */
export function addressOf({ url }: ProbeRequest, target: URL): URL {
  return /^https?:\/\//i.test(url) ? new URL(url) : new URL(`/${url.replace(/^\/+/, '')}`, target.origin)
}

/** The question as a request; its own headers go before `headers`. */
export function requestOf(question: ProbeRequest, target: URL, headers: HttpRequest['headers']): HttpRequest {
  const { pathname, search } = addressOf(question, target)
  const own = { accept: 'application/json, */*', 'accept-encoding': 'identity' }
  return { method: 'GET', path: pathname + search, headers: { ...own, ...headers, ...question.headers } }
}

/** Sends a question. Never rejects. */
export async function put(request: HttpRequest, address: URL, { endsAt, tls }: Asking): Promise<Answered> {
  const kind = { key: 'probe', origin: new URL(address.origin), http2: false, tls }
  const timeout = Math.max(1, endsAt - now())
  // Before the whole is over, so that who cannot be reached is told from who is silent.
  const connect = timeout * 0.95
  const { head, body, whole, failure } = await ask(kind, request, { timeout, connect, bytes: LONGEST_BODY })
  const why = failure === undefined ? {} : { failure }
  if (head === undefined) return { answer: NO_ANSWER, ...why }
  return { answer: { ...head, body, json: whole ? jsonOf(body) : undefined }, ...why }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
