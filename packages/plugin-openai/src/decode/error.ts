import {
  isObject,
  isText,
  jsonText,
  malformed,
  readObject,
  type ErrorPart,
  type JsonObject,
} from 'loadbench/plugin'
import { classOfError } from './error-class.ts'

/** How much of a body without a message of its own goes into one. */
const EXCERPT = 200
/** Some servers repeat the whole request in their message. */
const LONGEST_MESSAGE = 1_000

/** The body of an error, of any shape: JSON of any kind, HTML, plain text, nothing. */
export function readError(data: string, status: number): ErrorPart {
  const body = readObject(data)
  return body === undefined ? errorOfText(data, status) : errorOfObject(body, status)
}

/**
 * What a frame that is no JSON object means. Some gateways (EMD) put an error into quotation marks without escaping
 * it: that is told as an error, with everything it says.
 */
export function errorOfBroken(data: string, status: number): ErrorPart {
  return /^\s*\{\s*"error"/.test(data) ? errorOfText(data, status) : malformed(data)
}

/**
 * Whether an object that came inside a 200 is an error: see `errorOfObject` for the shapes. What the
 * Responses API's events hold belongs to the events.
 */
export function tellsError(body: JsonObject): boolean {
  if (isText(body['type']) && body['type'].startsWith('response.')) return false
  if (body['error']) return true
  if (Array.isArray(body['choices'])) return false
  return (
    body['object'] === 'error' ||
    body['type'] === 'error' ||
    body['error'] === '' ||
    body['detail'] !== undefined ||
    typeof body['message'] === 'string'
  )
}

/**
 * The error an object tells: `{error: {message, type, code}}` (OpenAI, vLLM), the same flat beside
 * `object: 'error'` (SGLang, older vLLM), `{error: '…', error_type}` (TGI, gateways), `{detail}`
 * (FastAPI). `code` may be a name, the HTTP status as a number, or null.
 */
export function errorOfObject(body: JsonObject, status: number): ErrorPart {
  const { error } = body
  const told = isObject(error) ? error : body
  const message = messageOf(told) ?? (isText(error) ? error : jsonText(body))
  const { code, type } = told
  const codes = [code, type, body['error_type']]
  const name = codes.find((each) => isText(each) && each !== 'error')
  return part(message, status, codes, name ?? (typeof code === 'number' ? String(code) : undefined))
}

function errorOfText(data: string, status: number): ErrorPart {
  const text = data.trim()
  if (text === '') return part(`HTTP ${status} with an empty body`, status)
  const title = text.startsWith('<') ? /<title[^>]*>([^<]+)</i.exec(text)?.[1]?.trim() : undefined
  return part(title || text.slice(0, EXCERPT), status)
}

function part(message: string, status: number, codes: readonly unknown[] = [], code?: unknown): ErrorPart {
  const errorClass = classOfError(codes, message, status)
  return {
    type: 'error',
    ...(errorClass === undefined ? {} : { class: errorClass }),
    ...(typeof code === 'string' ? { code } : {}),
    message: message.slice(0, LONGEST_MESSAGE),
  }
}

function messageOf({ message, detail }: JsonObject): string | undefined {
  if (isText(message)) return message
  if (isText(detail)) return detail
  if (Array.isArray(detail) && detail.length > 0) return detail.map(complaint).join('; ')
  const inner = isObject(detail) ? detail : isObject(message) ? message : undefined
  return inner && (isText(inner['message']) ? inner['message'] : jsonText(inner))
}

/** One entry of FastAPI's validation errors: `{loc: ['body', 'n'], msg: 'must be positive'}`. */
function complaint(entry: unknown): string {
  if (!isObject(entry) || !isText(entry['msg'])) return jsonText(entry)
  if (!Array.isArray(entry['loc'])) return entry['msg']
  const place = entry['loc'].filter((step) => typeof step === 'string' || typeof step === 'number').join('.')
  return `${place}: ${entry['msg']}`
}
