import type { ResponseHead } from 'loadbench/plugin'

/**
 * How a response is cut, by what it says it is: a stream is `application/x-ndjson`; errors, embeddings
 * and answers not streamed are JSON in one piece. A type that says nothing (some proxies drop it) is
 * taken for a stream unless its length is known.
 */
export function framingOf({ status, headers }: ResponseHead): 'ndjson' | 'whole' {
  if (status >= 300) return 'whole'
  const type = (headers['content-type'] ?? '').toLowerCase()
  if (type.includes('ndjson') || type.includes('jsonl')) return 'ndjson'
  return type.includes('json') || type.includes('html') || 'content-length' in headers ? 'whole' : 'ndjson'
}
