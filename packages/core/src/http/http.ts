import { namedUrl, type HttpAddress } from './address.ts'
import { batch } from './batch.ts'
import { HttpFile, type HttpBody } from './body.ts'
import { CookieJar } from './cookie-jar.ts'
import { expectedStatuses } from './expected-statuses.ts'
import { request, type BodyOf, type Given } from './request.ts'
import type { HttpResponse } from './response.ts'
import { cookieJar, setResponseCallback } from './vu-memory.ts'

type Answer<Params> = Promise<HttpResponse<BodyOf<Params>>>

const bare =
  (method: string) =>
  <const Params extends Given = undefined>(address: HttpAddress, params?: Params): Answer<Params> =>
    request(method, address, null, params)

const carrying =
  (method: string) =>
  <const Params extends Given = undefined>(
    address: HttpAddress,
    body?: HttpBody,
    params?: Params,
  ): Answer<Params> =>
    request(method, address, body, params)

/**
 * Plain HTTP with the functions of `k6/http`, each of which gives a promise: `await http.get(url)`. Inside
 * a run requests are measured as `http_req_*`; outside of one they are only sent.
 */
export const http = {
  get: bare('GET'),
  head: bare('HEAD'),
  post: carrying('POST'),
  put: carrying('PUT'),
  patch: carrying('PATCH'),
  del: carrying('DELETE'),
  options: carrying('OPTIONS'),
  request,
  /** The same as `request`; k6 has both because its `request` waits. */
  asyncRequest: request,
  batch,
  url: namedUrl,
  /** A file for a multipart form: `http.post(url, { document: http.file(bytes, 'a.pdf', 'application/pdf') })`. */
  file: (...file: ConstructorParameters<typeof HttpFile>): HttpFile => new HttpFile(...file),
  expectedStatuses,
  setResponseCallback,
  cookieJar,
  CookieJar,
} as const
