import { isSecretName } from '../model/secret-name.ts'
import type { ConnectionFault, Failure } from '../model/failure.ts'
import { classOfStatus } from '../model/failure.ts'
import type { ErrorPart } from '../model/part.ts'
import type { ResponseHead } from '../model/provider.ts'
import type { Assembly } from './assembly.ts'
import { connectionWords } from './connection-words.ts'

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])
const RESET = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
])
const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'])
/** undici's, for bytes that are no HTTP; it has no code. */
const PARSER_ERROR = 'HTTPParserError'

/** The failure a socket or HTTP error stands for. @param status of the answer, where it had begun. */
export function failureOfError(error: Error, status?: number): Failure {
  const cause = innermost(error)
  const code = codeOf(cause)
  const seen = status === undefined ? {} : { status }
  const base = {
    message: connectionWords(code, cause.message || code || cause.name),
    ...(code === undefined ? {} : { code }),
    ...seen,
  }
  if (connectTimedOut(cause, code)) return { class: 'timeout', phase: 'connect', ...base }
  if (closedEarly(cause, code)) {
    const what = status === undefined ? 'it answered' : 'the end of the answer'
    return {
      ...base,
      class: 'connection',
      fault: 'reset',
      message: `the server closed the connection before ${what}`,
    }
  }
  // What the server sent was no HTTP, or too much of it: not the connection's fault.
  if (cause.name === PARSER_ERROR || code === 'UND_ERR_HEADERS_OVERFLOW')
    return { class: 'malformed', ...base }
  return { class: 'connection', fault: faultOf(code, cause.message), ...base }
}

/**
 * Several addresses tried (IPv6, IPv4) fail as one AggregateError. The one that refused had somebody
 * there to say so; otherwise the last one, which was given all the time there was.
 */
function innermost(error: Error): Error {
  if (error instanceof AggregateError) {
    const errors = error.errors.filter((one) => one instanceof Error)
    const telling = errors.find((one) => codeOf(one) === 'ECONNREFUSED') ?? errors.at(-1)
    if (telling !== undefined) return innermost(telling)
  }
  if (error.cause instanceof Error) return innermost(error.cause)
  return error
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/**
 * The connection was closed in good order, but not by HTTP's rules. No different from a reset: which of
 * the two a client sees when a server dies depends on what was still on its way.
 */
function closedEarly({ name, message }: Error, code: string | undefined): boolean {
  if (name === PARSER_ERROR) return message.includes('Invalid EOF')
  return code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || message === 'other side closed'
}

/** The system's patience with a connection, or undici's with a proxy, ended before the call's. */
function connectTimedOut(error: Error, code: string | undefined): boolean {
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return true
  return code === 'ETIMEDOUT' && 'syscall' in error && error.syscall === 'connect'
}

function faultOf(code: string | undefined, message: string): ConnectionFault {
  if (code === undefined) return 'other'
  if (REFUSED.has(code)) return 'refused'
  if (RESET.has(code) || message.startsWith('HTTP/2:')) return 'reset'
  if (DNS.has(code)) return 'dns'
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/
  if (tls.test(code) || /certificate|SSL|TLS/.test(message)) return 'tls'
  return 'other'
}

/** Some servers repeat the whole request in their message. */
const LONGEST_MESSAGE = 1_000

/**
 * The verdict on an answer that ended by itself. HTTP 200 proves nothing; the terminal mark does.
 * @returns `undefined` for a good one.
 */
export function judge(head: ResponseHead | undefined, answer: Assembly): Failure | undefined {
  if (head === undefined) return { class: 'connection', fault: 'other', message: 'no answer came' }
  const { status } = head
  if (answer.error !== undefined) return failureOfPart(answer.error, head)
  // Nothing is redirected: the load would go where the user did not send it.
  const byStatus = classOfStatus(status) ?? (status >= 300 ? 'stream_error' : undefined)
  if (byStatus !== undefined) return { class: byStatus, message: `HTTP ${status}`, ...contextOf(head) }
  if (answer.finishReason === undefined) {
    return {
      class: 'stream_truncated',
      message: "the answer ended without the provider's terminal mark",
      status,
    }
  }
  if (answer.answered) return undefined
  return { class: 'empty', message: 'the answer ended well but holds nothing generated', status }
}

/** The failure an error part stands for, given how the response began. */
function failureOfPart(part: ErrorPart, head: ResponseHead): Failure {
  return {
    class: part.class ?? classOfStatus(head.status) ?? 'stream_error',
    message: part.message.slice(0, LONGEST_MESSAGE),
    ...(part.code === undefined ? {} : { code: part.code }),
    ...contextOf(head),
  }
}

function contextOf(head: ResponseHead): Pick<Failure, 'status' | 'retryAfter'> {
  const retryAfter = head.status === 429 || head.status === 503 ? readRetryAfter(head.headers) : undefined
  return { status: head.status, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** `retry-after-ms` is the more precise; `retry-after` holds seconds or an HTTP date (RFC 9110, 10.2.3). */
function readRetryAfter(headers: ResponseHead['headers']): number | undefined {
  const text = headers['retry-after']
  return amount(headers['retry-after-ms'], 1) ?? amount(text, 1_000) ?? untilDate(text)
}

function amount(text: string | undefined, toMillis: number): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * toMillis : undefined
}

function untilDate(text: string | undefined): number | undefined {
  const date = Date.parse(text ?? '')
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

/**
 * A failure whose message does not repeat what the request's headers and the query of its path hold in
 * secret; some servers quote the key, or the whole address.
 */
export function withoutSecrets(
  failure: Failure,
  headers: Readonly<Record<string, string>>,
  path = '',
): Failure {
  let { message } = failure
  for (const [name, value] of [...Object.entries(headers), ...new URLSearchParams(path.split('?')[1])]) {
    if (!isSecretName(name)) continue
    const secret = value.replace(/^(Bearer|Basic) /i, '')
    if (secret.length < 4) continue
    for (const text of [secret, encodeURIComponent(secret)]) message = message.replaceAll(text, '[removed]')
  }
  return message === failure.message ? failure : { ...failure, message }
}
