import type { ErrorClass, ErrorPart, Frame, ResponseHead } from 'loadbench/plugin'
import { RULES, type ErrorContext, type Rule } from './rules.ts'
import { readTold, type Told } from './told.ts'

export type { ErrorContext } from './rules.ts'

/** The error an answer with an HTTP error status tells, with advice where there is some. */
export function readHttpError(head: ResponseHead, body: string, context: ErrorContext): ErrorPart {
  const nothing = `HTTP ${head.status} with an empty body`
  return partOf(readTold(body, head.headers['x-amzn-errortype'], nothing), context, true)
}

/**
 * The error a message of an event stream tells: `:message-type` `exception` with its type and a JSON
 * payload, or `error` with code and text in its headers. `undefined` for any other message.
 */
export function readStreamException(frame: Frame, context: ErrorContext): ErrorPart | undefined {
  const { headers = {} } = frame
  const type = headers[':message-type']
  if (type === 'exception') {
    const name = headers[':exception-type']
    return partOf(readTold(frame.data, name, name ?? 'an exception without a name'), context, false)
  }
  if (type !== 'error') return undefined
  const code = headers[':error-code']
  const message = headers[':error-message'] ?? code ?? 'an error without a name'
  return partOf({ ...(code === undefined ? {} : { code }), message }, context, false)
}

function partOf(told: Told, context: ErrorContext, overHttp: boolean): ErrorPart {
  const rule = RULES.find((one) => fits(one, told, context))
  const errorClass = rule?.class ?? classOfOriginal(told.originalStatus, overHttp)
  const origin =
    told.originalStatus === undefined ? '' : `the model's container answered ${told.originalStatus}: `
  const reason = told.reason === undefined ? '' : ` (${told.reason})`
  const log = told.logStream === undefined ? undefined : `Its log: ${told.logStream}`
  return {
    type: 'error',
    ...(errorClass === undefined ? {} : { class: errorClass }),
    ...(told.code === undefined ? {} : { code: told.code }),
    message: sentences(`${origin}${told.message}${reason}`, rule?.advice?.(context), log),
  }
}

function fits(
  rule: Rule,
  { code, reason, message, originalCode = '' }: Told,
  { service }: ErrorContext,
): boolean {
  if (rule.service !== undefined && rule.service !== service) return false
  const named = rule.codes?.some((one) => one === plain(code) || one === plain(reason)) ?? true
  return named && (rule.says?.test(`${message} ${originalCode}`) ?? true)
}

function plain(code: string | undefined): string | undefined {
  return code?.toLowerCase().replace(/exception$/, '')
}

/** AWS hands a container's error on under 424, whatever it was. */
function classOfOriginal(status: number | undefined, overHttp: boolean): ErrorClass | undefined {
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'overloaded'
  return overHttp && status !== undefined && status >= 500 ? 'http_5xx' : undefined
}

function sentences(message: string, ...further: readonly (string | undefined)[]): string {
  const added = further.filter((text) => text !== undefined)
  if (added.length === 0) return message
  return [/[.!?…]$/.test(message) ? message : `${message}.`, ...added].join(' ')
}
