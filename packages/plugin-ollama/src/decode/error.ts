import {
  isObject,
  isText,
  jsonText,
  readObject,
  type Decoder,
  type ErrorClass,
  type ErrorPart,
  type JsonObject,
  type ResponseHead,
} from 'loadbench/plugin'

/** How much of what cannot be read goes into a message. */
const EXCERPT = 200

/** What Ollama's words tell beyond the status, first that fits. It has no codes. */
const CLASSES: readonly (readonly [RegExp, ErrorClass])[] = [
  [/model .*not found/i, 'model_not_found'],
  [/exceed.*context|context.*exceed|too long.*context/i, 'context_length'],
  [/server busy|maximum pending requests/i, 'overloaded'],
]

/** The decoder of an error response: whatever its body is, it is the error. */
export function errorDecoder({ status, headers }: ResponseHead): Decoder {
  return ({ data }) => {
    if (status < 400) {
      const message = `HTTP ${status}: the server sends the call on to ${headers['location'] ?? 'nowhere'}, which is not followed`
      return [{ type: 'error', code: String(status), message }]
    }
    return [readError(data, status)]
  }
}

/** `{"error": "…"}`, or `{"error": {message, code}}` from gateways; in a body or in a line of a stream. */
export function errorOfObject(body: JsonObject): ErrorPart {
  const { error } = body
  const told = isObject(error) ? error : body
  const { message, code } = told
  const text = isText(error) ? error : isText(message) ? message : jsonText(body)
  return { ...partOf(text), ...(isText(code) ? { code } : {}) }
}

/** Any body: Ollama's JSON, a proxy's HTML, plain text such as `404 page not found`. */
function readError(data: string, status: number): ErrorPart {
  const body = readObject(data)
  if (body !== undefined) return errorOfObject(body)
  const text = data.trim()
  const title = text.startsWith('<') ? /<title[^>]*>([^<]+)</i.exec(text)?.[1]?.trim() : undefined
  return partOf(title || text.slice(0, EXCERPT) || `HTTP ${status} with an empty body`)
}

function partOf(message: string): ErrorPart {
  const [, errorClass] = CLASSES.find(([words]) => words.test(message)) ?? []
  return { type: 'error', ...(errorClass === undefined ? {} : { class: errorClass }), message }
}
