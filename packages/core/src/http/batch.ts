import { NamedUrl, type HttpAddress } from './address.ts'
import type { HttpBody } from './body.ts'
import { invalid } from './invalid.ts'
import type { JourneyInput } from './journey.ts'
import type { HttpParams } from './params.ts'
import { prepare, send } from './request.ts'
import type { HttpResponse } from './response.ts'
import { Turns } from './turns.ts'

/** One request of a batch: an address to GET, `[method, url, body, params]`, or the same by name. */
export type BatchRequest =
  | HttpAddress
  | readonly [method: string, url: HttpAddress, body?: HttpBody, params?: HttpParams | null]
  | {
      readonly method?: string
      readonly url: HttpAddress
      readonly body?: HttpBody
      readonly params?: HttpParams | null
    }

/** The responses of a batch, in the shape of its requests. */
type Responses<Requests> = { -readonly [Key in keyof Requests]: HttpResponse }

/**
 * Sends several requests side by side, at most 20 at a time and 6 to one server.
 * @returns the responses under the keys, or in the order, of the requests.
 * @throws LB_CALL_INVALID where one of them cannot be sent; then none is.
 */
export async function batch<
  const Requests extends readonly BatchRequest[] | Readonly<Record<string, BatchRequest>>,
>(requests: Requests): Promise<Responses<Requests>> {
  const entries = Object.entries<BatchRequest>(requests)
  const inputs = await Promise.all(entries.map(([, one]) => prepareOne(one)))
  const turns = new Turns()
  const answers = await Promise.all(inputs.map((input) => turns.run(input.first.url.host, () => send(input))))
  const named = Object.fromEntries(entries.map(([key], index) => [key, answers[index]]))
  return (Array.isArray(requests) ? answers : named) as Responses<Requests>
}

/** Async, so that all of a batch can be wrong without one of them going unheard. */
async function prepareOne(one: BatchRequest): Promise<JourneyInput> {
  if (typeof one === 'string' || one instanceof URL || one instanceof NamedUrl) return prepare('GET', one)
  if (isTuple(one)) return prepare(...one)
  if (typeof one !== 'object' || one === null || !('url' in one)) {
    throw invalid(
      `a batch was given ${JSON.stringify(one)}`,
      'Give addresses, [method, url, body, params], or { method, url, body, params }.',
    )
  }
  return prepare(one.method ?? 'GET', one.url, one.body, one.params)
}

/** `Array.isArray` does not know lists that cannot be changed. */
function isTuple(one: BatchRequest): one is Extract<BatchRequest, readonly unknown[]> {
  return Array.isArray(one)
}
