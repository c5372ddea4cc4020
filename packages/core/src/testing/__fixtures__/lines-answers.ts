import type { ProviderAnswers } from '../provider-answers.ts'

const STREAM = { 'Content-Type': 'application/x-ndjson' }
const JSON_TYPE = { 'Content-Type': 'application/json' }
const lines = (...objects: readonly object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('')
const DONE = { done: 'stop', sent: 3, made: 2 }
const usage = { inputTokens: 3, outputTokens: 2 }

export const linesAnswers: ProviderAnswers = {
  call: { kind: 'completion', model: 'm', prompt: 'Hällo' },
  text: {
    headers: STREAM,
    body: lines({ token: 'Grüße ' }, { token: '🎉' }, DONE),
    text: 'Grüße 🎉',
    usage,
    finishReason: 'stop',
  },
  reasoning: { headers: STREAM, body: lines({ thought: 'hm' }, { token: 'a' }, DONE), reasoning: 'hm', text: 'a' },
  toolCalls: {
    headers: STREAM,
    body: lines({ tool: 'f', with: '{}' }, DONE),
    toolCalls: [{ name: 'f', arguments: '{}' }],
  },
  whole: { headers: JSON_TYPE, body: JSON.stringify({ token: 'Grüße', ...DONE }), text: 'Grüße', usage },
  errors: [
    { what: 'too many', status: 429, headers: JSON_TYPE, body: '{"error":"slow down"}', class: 'rate_limited' },
    { what: 'no JSON', status: 502, headers: JSON_TYPE, body: '<h1>Bad gateway</h1>', class: 'http_5xx' },
    {
      what: 'busy, in a stream',
      headers: STREAM,
      body: lines({ token: 'a' }, { error: 'later', code: 'busy' }),
      class: 'overloaded',
      code: 'busy',
    },
  ],
  malformed: { headers: STREAM, body: lines({ token: 'a' }) + '{"token":\n' + lines(DONE) },
  empty: { headers: STREAM, body: lines(DONE) },
  endless: { headers: STREAM, begin: '{"token":"', more: 'aaaa' },
}
