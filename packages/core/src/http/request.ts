import { abandoned } from '../model/interrupt.ts'
import { currentScope } from '../script/scope.ts'
import { NamedUrl, type HttpAddress } from './address.ts'
import type { HttpBody } from './body.ts'
import { Journey, type JourneyInput } from './journey.ts'
import { settingsOf, type HttpParams } from './params.ts'
import type { AnyBody, HttpResponse } from './response.ts'
import { firstStep } from './step.ts'
import { cookieJar, expectedNow } from './vu-memory.ts'

/** What `body` of the response is, for the params of a call. */
export type BodyOf<Params> = Params extends { readonly responseType: 'binary' }
  ? ArrayBuffer
  : Params extends { readonly responseType: 'none' }
    ? null
    : string

/** What a script may give as params. */
export type Given = HttpParams | null | undefined

/**
 * Reads what a script asks for; a promise only where writing the body takes one.
 * @throws LB_CALL_INVALID for what cannot be sent.
 */
export function prepare(
  method: string,
  address: HttpAddress,
  body?: HttpBody,
  params?: HttpParams | null,
): JourneyInput | Promise<JourneyInput> {
  const settings = settingsOf(params)
  const { jar = cookieJar(), expected = expectedNow() } = settings
  const name = settings.tags['name'] ?? (address instanceof NamedUrl ? address.name : undefined)
  const first = firstStep(method, address, body, settings)
  return first instanceof Promise
    ? first.then((step) => ({ settings, jar, expected, name, first: step }))
    : { settings, jar, expected, name, first }
}

/** Carries it out. */
export function send(input: JourneyInput): Promise<HttpResponse<AnyBody>> {
  const scope = currentScope()
  return scope?.vu.closed === true ? abandoned() : new Journey(input, scope).run()
}

/**
 * Sends a request and waits for its whole answer. Whatever server or network do, the promise resolves.
 * @throws LoadbenchError LB_CALL_INVALID for what cannot be sent.
 */
export function request<const Params extends Given = undefined>(
  method: string,
  url: HttpAddress,
  body?: HttpBody,
  params?: Params,
): Promise<HttpResponse<BodyOf<Params>>> {
  // Not an async function, and no wait for nothing: each promise costs every request.
  let sent: Promise<HttpResponse<AnyBody>>
  try {
    const prepared = prepare(method, url, body, params)
    sent = prepared instanceof Promise ? prepared.then(send) : send(prepared)
  } catch (error) {
    sent = Promise.reject(error)
  }
  // `responseType` decided what the body is.
  return sent as Promise<HttpResponse<BodyOf<Params>>>
}
