import type { ResponseHead } from 'loadbench/plugin'

/**
 * How a response is cut, by what it says it is, not by what was asked for: a stream may be answered in
 * one piece (proxies), an error is hardly ever a stream, and some gateways pass JSON lines on
 * (SageMaker with DJL). A type that says nothing is taken for a stream unless its length is known.
 */
export function framingOf({ status, headers }: ResponseHead): 'sse' | 'ndjson' | 'whole' {
  const type = (headers['content-type'] ?? '').toLowerCase()
  if (type.includes('event-stream')) return 'sse'
  if (type.includes('ndjson') || type.includes('jsonl')) return 'ndjson'
  const inOnePiece =
    status >= 300 || type.includes('json') || type.includes('html') || 'content-length' in headers
  return inOnePiece ? 'whole' : 'sse'
}
