import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { sagemakerPlugin } from '../sagemaker/plugin.ts'

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'SECRET', sessionToken: 'TOKEN' }

describe('a signature', () => {
  it('is that of the request as it leaves the socket', async () => {
    const verdicts: string[] = []
    const server = createServer((request, response) => {
      const body: Buffer[] = []
      request.on('data', (chunk: Buffer) => body.push(chunk))
      request.on('end', () => {
        verdicts.push(verdictOn(request, Buffer.concat(body)))
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end('{"choices":[{"index":0,"message":{"content":"hi"},"finish_reason":"stop"}]}')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a%20base?x=2&a=%C3%BC%20b`
    const settings = {
      endpoint: 'my:ep/1',
      credentials: KEYS,
      region: 'eu-west-1',
      sessionId: 'a  b',
      baseURL,
    }
    const endpoint = connect(sagemakerPlugin(settings), { baseURL })
    const headers = { 'X-Amzn-SageMaker-Inference-Id': 'r1', 'X-Mine': 'unsigned' }
    const result = await endpoint.call({
      kind: 'chat',
      messages: [{ role: 'user', content: 'Grüße' }],
      headers,
    })
    server.close()
    expect(result).toMatchObject({ ok: true, text: 'hi' })
    expect(verdicts).toEqual(['good'])
  })
})

/** Computes the signature anew, by AWS's description, from nothing but what came. */
function verdictOn(request: IncomingMessage, body: Buffer): string {
  const { headers, method = '', url = '' } = request
  const told =
    /Credential=AKID\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (told === null) return `no signature: ${headers.authorization}`
  const [, date = '', region = '', service = '', names = '', signature] = told
  for (const name of [
    'host',
    'content-type',
    'x-amz-date',
    'x-amz-security-token',
    'x-amzn-sagemaker-inference-id',
  ]) {
    if (!names.split(';').includes(name)) return `${name} is not signed`
  }
  const [path = '', query = ''] = url.split('?')
  const canonical = [
    method,
    path.split('/').map(encodeURIComponent).join('/'),
    query.split('&').toSorted().join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const text = `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`
  const key = scope
    .split('/')
    .reduce<string | Buffer>((last, part) => createHmac('sha256', last).update(part).digest(), 'AWS4SECRET')
  const expected = createHmac('sha256', key).update(text).digest('hex')
  return expected === signature && service === 'sagemaker' && region === 'eu-west-1'
    ? 'good'
    : `mismatch on\n${canonical}`
}
