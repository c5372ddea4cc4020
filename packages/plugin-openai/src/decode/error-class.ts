import type { ErrorClass } from 'loadbench/plugin'

/** Codes and types of providers that say more than an HTTP status. */
const BY_CODE: ReadonlyMap<string, ErrorClass> = new Map([
  ['model_not_found', 'model_not_found'],
  // Azure.
  ['deploymentnotfound', 'model_not_found'],
  ['context_length_exceeded', 'context_length'],
  ['content_filter', 'content_filter'],
  ['content_policy_violation', 'content_filter'],
  ['rate_limit_exceeded', 'rate_limited'],
  ['insufficient_quota', 'rate_limited'],
  ['invalid_api_key', 'auth'],
  ['slow_down', 'overloaded'],
])

/** What codes and messages contain, lower case, where no code of its own exists. */
const BY_PHRASE: readonly (readonly [string, ErrorClass])[] = [
  ['maximum context length', 'context_length'],
  ['context_length_exceeded', 'context_length'],
  // vLLM and SGLang, for a prompt that alone is too long.
  ['maximum model length', 'context_length'],
  ["model's context length", 'context_length'],
  ['overloaded', 'overloaded'],
  ['server busy', 'overloaded'],
  ['server is busy', 'overloaded'],
  ['server_busy', 'overloaded'],
]

/**
 * The class of an error, where the provider's words say more than the status of the response does.
 * @param codes its code and type. A number is the HTTP status an error inside a 200 would have had.
 */
export function classOfError(
  codes: readonly unknown[],
  message: string,
  status: number,
): ErrorClass | undefined {
  const names = codes.filter((code) => typeof code === 'string').map((code) => code.toLowerCase())
  for (const name of names) {
    const known = BY_CODE.get(name)
    if (known !== undefined) return known
  }
  const words = `${names.join(' ')} ${message.toLowerCase()}`
  for (const [phrase, known] of BY_PHRASE) if (words.includes(phrase)) return known
  const meant = status < 300 ? codes.find((code) => typeof code === 'number') : status
  if (meant === 404 && words.includes('model')) return 'model_not_found'
  return status < 300 ? classOfMeantStatus(meant) : undefined
}

/** Of a status told inside a 200. Those left out are errors of the stream like any other. */
function classOfMeantStatus(status: number | undefined): ErrorClass | undefined {
  if (status === 401 || status === 403) return 'auth'
  if (status === 429) return 'rate_limited'
  return status === 503 ? 'overloaded' : undefined
}
