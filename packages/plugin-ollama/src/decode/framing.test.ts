import { expect, it } from 'vitest'
import { framingOf } from './framing.ts'

it.each([
  [200, { 'content-type': 'application/x-ndjson' }, 'ndjson'],
  [200, { 'content-type': 'Application/X-NDJSON; charset=utf-8' }, 'ndjson'],
  [200, { 'content-type': 'application/json; charset=utf-8' }, 'whole'],
  [200, { 'content-type': 'text/html' }, 'whole'],
  [200, {}, 'ndjson'],
  [200, { 'content-type': 'text/plain', 'transfer-encoding': 'chunked' }, 'ndjson'],
  [200, { 'content-length': '12' }, 'whole'],
  [301, {}, 'whole'],
  [503, { 'content-type': 'application/x-ndjson' }, 'whole'],
])('%i %j is cut as %s', (status, headers, framing) => {
  expect(framingOf({ status, headers })).toBe(framing)
})
