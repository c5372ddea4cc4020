/** What users write behind a server's address: the beginning of its native, or of its OpenAI-compatible routes. */
const ENDS = ['/api', '/v1']

/**
 * The path of one of Ollama's routes at a target, whose own path is kept in front of it. Ollama's manual
 * writes addresses with `/api` at their end, its guides for OpenAI's clients with `/v1`: neither belongs
 * in front of a native route.
 */
export function pathAt(target: URL, route: string): string {
  const path = target.pathname.replace(/\/+$/, '')
  const end = ENDS.find((each) => path.endsWith(each)) ?? ''
  return `${path.slice(0, path.length - end.length)}${route}${target.search}`
}
