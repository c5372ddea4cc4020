import type { ConnectionFault, ErrorClass, Failure } from '../model/failure.ts'
import { classOfStatus } from '../model/failure.ts'
import type { ErrorPart } from '../model/part.ts'
import type { ResponseHead } from '../model/provider.ts'

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])
const RESET = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED', 'UND_ERR_CLOSED'])
const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'])

/** The failure a socket or HTTP error stands for. */
export function failureOfError(error: Error, status?: number): Failure {
  const cause = innermost(error)
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  const seen = status === undefined ? {} : { status }
  const base = { message: cause.message || code || cause.name, ...(code === undefined ? {} : { code }), ...seen }
  // What the server sent was no HTTP: not the connection's fault.
  if (code?.startsWith('HPE_')) return { class: 'malformed', ...base }
  return { class: 'connection', fault: faultOf(code, cause.message), ...base }
}

/** Several addresses tried (IPv6, then IPv4) fail as one AggregateError; the first names the cause. */
function innermost(error: Error): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return innermost(error.errors[0])
  if (error.cause instanceof Error) return innermost(error.cause)
  return error
}

function faultOf(code: string | undefined, message: string): ConnectionFault {
  if (code === undefined) return 'other'
  if (REFUSED.has(code)) return 'refused'
  if (RESET.has(code)) return 'reset'
  if (DNS.has(code)) return 'dns'
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/
  if (tls.test(code) || /certificate|SSL|TLS/.test(message)) return 'tls'
  return 'other'
}

/** The failure an error part stands for, given how the response began. */
export function failureOfPart(part: ErrorPart, head: ResponseHead): Failure {
  return {
    class: part.class ?? classOfStatus(head.status) ?? 'stream_error',
    message: part.message,
    ...(part.code === undefined ? {} : { code: part.code }),
    ...contextOf(head),
  }
}

/** The failure of an answer whose decoder found no word of explanation in it. */
export function failureOfStatus(head: ResponseHead, errorClass: ErrorClass): Failure {
  return { class: errorClass, message: `HTTP ${head.status}`, ...contextOf(head) }
}

function contextOf(head: ResponseHead): Pick<Failure, 'status' | 'retryAfter'> {
  const retryAfter = head.status === 429 || head.status === 503 ? readRetryAfter(head.headers) : undefined
  return { status: head.status, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** `retry-after-ms` is the more precise; `retry-after` holds seconds or an HTTP date (RFC 9110, 10.2.3). */
function readRetryAfter(headers: ResponseHead['headers']): number | undefined {
  const precise = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(precise)) return precise
  const text = headers['retry-after']
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds * 1_000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

const SECRET_HEADERS = ['authorization', 'api-key', 'x-api-key', 'cookie', 'proxy-authorization']

/** A failure whose message does not repeat what the request's secret headers hold; some servers quote the key. */
export function withoutSecrets(failure: Failure, headers: Readonly<Record<string, string>>): Failure {
  let { message } = failure
  for (const name of SECRET_HEADERS) {
    const secret = headers[name]?.replace(/^(Bearer|Basic) /, '')
    if (secret !== undefined && secret.length >= 4) message = message.replaceAll(secret, '[removed]')
  }
  return message === failure.message ? failure : { ...failure, message }
}
