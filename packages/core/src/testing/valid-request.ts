import assert from 'node:assert/strict'
import { checkHeaders } from '../client/headers.ts'
import type { HttpRequest } from '../model/provider.ts'
import { isSecretName } from '../model/secret-name.ts'

/** Shorter values of headers that sound secret (`auth: none`) may well stand elsewhere too. */
const SHORTEST_SECRET = 6

/** @throws AssertionError or LoadbenchError for a request that cannot be sent, or that gives a key away. */
export function expectRequest({ method, path, headers, body }: HttpRequest): void {
  assert.ok(method === 'GET' || method === 'POST', `the method ${JSON.stringify(method)} is not GET or POST`)
  assert.match(path, /^\/[!-~]*$/, 'the path has to start with / and hold nothing that needs escaping')
  assert.ok(!path.includes('#'), 'a path has no fragment')
  for (const [name, value] of Object.entries(headers)) {
    assert.equal(typeof value, 'string', `the header ${name} is no text`)
    assert.doesNotMatch(value, /\b(undefined|null|NaN)\b|\[object /, `the header ${name} holds no value`)
  }
  checkHeaders(headers)
  expectBody(headers, body)
  expectNoSecret(headers, path, typeof body === 'string' ? body : Buffer.from(body ?? []).toString('latin1'))
}

function expectBody(headers: HttpRequest['headers'], body: HttpRequest['body']): void {
  if (body === undefined) return
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  assert.ok(type, 'a request with a body needs the header content-type')
  if (!type.includes('json')) return
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
  assert.doesNotThrow(() => void JSON.parse(text), 'the body is not the JSON its content-type promises')
}

/** Messages, logs and run folders may show an address or a body; headers they never show. */
function expectNoSecret(headers: HttpRequest['headers'], path: string, body: string): void {
  for (const [name, value] of Object.entries(headers)) {
    const secret = value.replace(/^\w+ /, '')
    if (!isSecretName(name) || secret.length < SHORTEST_SECRET) continue
    assert.ok(!path.includes(secret), `the path repeats the secret of the header ${name}`)
    assert.ok(!body.includes(secret), `the body repeats the secret of the header ${name}`)
  }
}
