import { isObject, isText, readObject, type JsonObject } from 'loadbench/plugin'

/** What AWS says of an error, wherever it says it. */
export interface Told {
  /** As it is told: `ThrottlingException`, `throttlingException`. */
  readonly code?: string
  readonly message: string
  /** SageMaker's second, finer code: `StreamBroken`. */
  readonly reason?: string
  /** HTTP status the model's container gave, where AWS hands on its error. */
  readonly originalStatus?: number
  /** The container's own code: `context_length_exceeded`. */
  readonly originalCode?: string
  /** Of the log that knows more. */
  readonly logStream?: string
}

/** The rest of a message is left away, so that advice after it is not cut. */
const LONGEST = 600

/**
 * Reads the body of an error, of any shape: `{message}` or `{Message}` (AWS), with the container's own words
 * in `originalMessage` or `OriginalMessage`; HTML of a proxy; plain text; nothing.
 * @param name the code a header told.
 * @param nothing the message where there is none.
 */
export function readTold(body: string, name: string | undefined, nothing: string): Told {
  const json = readObject(body)
  if (json === undefined) {
    const text = body.startsWith('<') ? titleOf(body) : body
    return { ...codeOf(name), message: shortened(text.trim() || nothing) }
  }
  const code = name ?? firstText(json, ['__type', 'code', 'Code'])
  const original = firstText(json, ['originalMessage', 'OriginalMessage'])
  const status = json['originalStatusCode'] ?? json['OriginalStatusCode']
  const { LogStreamArn: logStream, ErrorCode: reason } = json
  // With a signature that does not fit come, after its first paragraph, pages of what AWS has signed.
  const message = firstText(json, ['message', 'Message', 'errorMessage'])?.split('\n\n')[0]
  return {
    ...codeOf(code),
    message: shortened(original === undefined ? (message ?? nothing) : wordsIn(original)),
    ...(original === undefined ? {} : originalCodeIn(original)),
    ...(typeof status === 'number' ? { originalStatus: status } : {}),
    ...(isText(reason) ? { reason } : {}),
    ...(isText(logStream) ? { logStream } : {}),
  }
}

/** `ValidationException:http://internal…` of the header, `com.amazonaws#ValidationException` of the body. */
function codeOf(told: string | undefined): { code?: string } {
  const code = told?.split(':')[0]?.split('#').at(-1)?.trim()
  return isText(code) ? { code } : {}
}

/** The message inside what a container answered, whose form is its own. */
function wordsIn(original: string): string {
  const json = readObject(original)
  if (json === undefined) return original
  const { error } = json
  return firstText(isObject(error) ? error : json, ['message', 'error', 'detail']) ?? original
}

function originalCodeIn(original: string): { originalCode?: string } {
  const { error, ...flat } = readObject(original) ?? {}
  const originalCode = firstText(isObject(error) ? error : flat, ['code', 'type', 'error_type'])
  return originalCode === undefined ? {} : { originalCode }
}

function firstText(json: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = json[name]
    if (isText(value)) return value
  }
  return undefined
}

function titleOf(html: string): string {
  return /<title[^>]*>([^<]+)</i.exec(html)?.[1] ?? html
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}
