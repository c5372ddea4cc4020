import { expect, it } from 'vitest'
import { openaiPlugin } from '../plugin.ts'

it.each<[number, Record<string, string>, string]>([
  [200, { 'content-type': 'text/event-stream; charset=utf-8' }, 'sse'],
  [200, { 'content-type': 'Text/Event-Stream' }, 'sse'],
  [200, { 'content-type': 'application/json' }, 'whole'],
  [200, { 'content-type': 'application/problem+json' }, 'whole'],
  [200, { 'content-type': 'text/html' }, 'whole'],
  [200, { 'content-type': 'application/x-ndjson' }, 'ndjson'],
  [200, { 'content-type': 'application/jsonlines' }, 'ndjson'],
  [200, {}, 'sse'],
  [200, { 'content-type': 'text/plain' }, 'sse'],
  [200, { 'content-length': '512' }, 'whole'],
  [200, { 'content-type': 'text/plain', 'content-length': '512' }, 'whole'],
  [400, { 'content-type': 'application/json' }, 'whole'],
  [502, {}, 'whole'],
  [500, { 'content-type': 'text/event-stream' }, 'sse'],
  [302, { 'content-type': 'text/html' }, 'whole'],
])('%i %j is cut as %s', (status, headers, framing) => {
  expect(openaiPlugin().framing({ status, headers })).toBe(framing)
})
