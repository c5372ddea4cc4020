import { expect, it } from 'vitest'
import { messageTemplate, messageText } from './message-kind.ts'

it.each([
  ['connect ECONNREFUSED 127.0.0.1:8000', 'connect ECONNREFUSED #'],
  ['request 17 of 100 failed', 'request # of # failed'],
  ['no request 7f3a9c1e-0b1d-4a52-9a53-2f1c6f0d9e11', 'no request #'],
  ['req_01HXYZ: rate limit', '#: rate limit'],
  ['The server is busy', 'The server is busy'],
])('what messages have in common: %s', (text, template) => {
  expect(messageTemplate(text)).toBe(template)
})

it('what tells a message from others is its beginning', () => {
  expect(messageText('x'.repeat(500))).toHaveLength(200)
})
