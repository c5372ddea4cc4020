import { describe, expect, it } from 'vitest'
import type { Inquiry } from '../protocol.ts'
import { canonicalRequest, sha256, signatureOf, stringToSign } from './signature.ts'
import { EXPIRED_TOKEN, verify } from './verify.ts'

const BEDROCK = 'bedrock-runtime.us-east-1.amazonaws.com'
const NOVA = '/model/us.amazon.nova-pro-v1%3A0/converse-stream'
const ARN =
  '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-3-7-sonnet-20250219-v1%3A0/converse-stream'
const NOW = Date.parse('2026-01-01T00:00:00Z')
const MINUTE = 60_000

interface Vector {
  readonly path: string
  readonly service: string
  readonly host: string
  readonly token?: string
  readonly signature: string
}

/**
 * Made for `AKID` and `SECRET` by other implementations: the SDK of AWS for JavaScript, @smithy/signature-v4
 * and botocore agree on the first two, the last two are smithy's.
 */
const VECTORS: Readonly<Record<string, Vector>> = {
  'an id with a colon': {
    path: NOVA,
    service: 'bedrock',
    host: BEDROCK,
    signature: 'd53968f0abea58b78ec2640bb766944e3a8ab2dc2d6b8806d2025ac37f1fa0d4',
  },
  'an ARN': {
    path: ARN,
    service: 'bedrock',
    host: BEDROCK,
    signature: '39497a3c571bc8b8eadae8ce7146ad49c69ef00f5650a598c052eb1aa207bbfb',
  },
  'a session token': {
    path: NOVA,
    service: 'bedrock',
    host: BEDROCK,
    token: 'TOKEN',
    signature: '040b30ab2c138cd33503c2bab41c6695962d6b6d6bab018346657cc0be63f655',
  },
  SageMaker: {
    path: '/endpoints/my-ep/invocations-response-stream',
    service: 'sagemaker',
    host: 'runtime.sagemaker.us-east-1.amazonaws.com',
    signature: '82d6e7048f8e0a36ac9b38ce1e87ddac0c63b7bcc19903b17dd6e7d65f126a6b',
  },
}
const GIVEN = {
  path: NOVA,
  service: 'bedrock',
  host: BEDROCK,
  signature: VECTORS['an id with a colon']?.signature ?? '',
}

function inquiry({ path, service, host, token, signature }: Vector): Inquiry {
  const signed = `content-type;host;x-amz-content-sha256;x-amz-date${token === undefined ? '' : ';x-amz-security-token'}`
  return {
    method: 'POST',
    path,
    query: '',
    body: Buffer.from('{}'),
    headers: {
      'content-type': 'application/json',
      host,
      'x-amz-content-sha256': '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      'x-amz-date': '20260101T000000Z',
      ...(token !== undefined && { 'x-amz-security-token': token }),
      authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
    },
  }
}

const check = (request: Inquiry, own: Partial<Parameters<typeof verify>[1]> = {}) =>
  verify(request, { service: 'bedrock', keys: { AKID: 'SECRET' }, now: NOW, ...own })

describe.each(Object.entries(VECTORS))('a signature for %s', (_what, vector) => {
  const { service } = vector
  const request = inquiry(vector)

  it('is right', () => {
    expect(check(request, { service })).toBeUndefined()
  })

  it.each([
    ['another secret', request, { keys: { AKID: 'OTHER' } }],
    ['another body', { ...request, body: Buffer.from('{ }') }, {}],
    ['another path', { ...request, path: decodeURIComponent(vector.path) + '/' }, {}],
    ['another method', { ...request, method: 'GET' }, {}],
    ['a query', { ...request, query: 'a=b' }, {}],
    ['another host', { ...request, headers: { ...request.headers, host: 'localhost' } }, {}],
  ])('does not fit %s', (_other, changed, own) => {
    expect(check(changed, { service, ...own })).toMatchObject({
      status: 403,
      type: 'InvalidSignatureException',
      message: expect.stringContaining('does not match the signature you provided'),
    })
  })
})

describe('a signature', () => {
  it.each([
    [NOVA, '84eb2479a9f2ad0e9c3baae11eb26dafa09d6457adc7be4dfaeec72249d5a3cd'],
    [ARN, '97ae46343cc2292b5e3ff829a2a93a7ca28364fe349eafaa6432192d2858715a'],
  ])('of %s is made of the path, encoded once more', (path, hash) => {
    const signed = ['content-type', 'host', 'x-amz-content-sha256', 'x-amz-date']
    expect(sha256(canonicalRequest(inquiry({ ...GIVEN, path }), signed))).toBe(hash)
  })

  it.each([
    [-5 * MINUTE, undefined],
    [5 * MINUTE, undefined],
    [
      5 * MINUTE + 1,
      'Signature expired: 20260101T000000Z is now earlier than 20260101T000000Z (20260101T000500Z - 5 min.)',
    ],
    [
      -5 * MINUTE - 1000,
      'Signature not yet current: 20260101T000000Z is still later than 20251231T235959Z (20251231T235459Z + 5 min.)',
    ],
  ])('counts for five minutes: seen %i ms later', (later, message) => {
    expect(check(inquiry(GIVEN), { now: NOW + later })?.message).toBe(message)
  })

  it('counts for one service', () => {
    expect(check(inquiry(GIVEN), { service: 'sagemaker' })).toMatchObject({
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'sagemaker'.",
    })
  })

  it('tells what should have been signed', () => {
    const { message } = check(inquiry({ ...GIVEN, signature: 'f'.repeat(64) })) ?? {}
    expect(message).toContain('/model/us.amazon.nova-pro-v1%253A0/converse-stream')
    expect(message).toContain('20260101/us-east-1/bedrock/aws4_request')
  })

  it.each(['0', 'ä'.repeat(64), '%'])('is refused where it is no such thing: %s', (signature) => {
    expect(check(inquiry({ ...GIVEN, signature }))?.type).toBe('InvalidSignatureException')
  })

  it.each(['x-amz-security-token', 'x-amz-anything', 'host'])('has to cover %s', (name) => {
    const request = inquiry(GIVEN)
    const { authorization = '' } = request.headers
    const headers = {
      ...request.headers,
      [name]: 'given',
      authorization: authorization.replace(/host;/, name === 'host' ? '' : 'host;'),
    }
    expect(check({ ...request, headers })).toMatchObject({
      type: 'InvalidSignatureException',
      message: `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
    })
  })

  it('takes a query by name, then by value', () => {
    const request = { ...inquiry(GIVEN), query: 'b=1&a-b=%7e&a=2&a=1&c' }
    expect(canonicalRequest(request, ['host']).split('\n')[2]).toBe('a=1&a=2&a-b=~&b=1&c=')
  })

  it('takes white space in a header for one blank', () => {
    const plain = inquiry(GIVEN)
    const spaced = { ...plain, headers: { ...plain.headers, 'content-type': '  application/json ' } }
    expect(check(spaced)).toBeUndefined()
  })

  it('is the same for the same text only', () => {
    const scope = { date: '20260101', region: 'us-east-1', service: 'bedrock' }
    const text = stringToSign({ scope, time: '20260101T000000Z', signed: [] }, 'anything')
    expect(signatureOf('SECRET', scope, text)).not.toBe(
      signatureOf('SECRET', { ...scope, region: 'eu-west-1' }, text),
    )
  })
})

describe('a request', () => {
  const request = inquiry(GIVEN)
  const withAuthorization = (authorization: string) => ({
    ...request,
    headers: { ...request.headers, authorization },
  })

  it.each([
    ['no authorization at all', { ...request, headers: {} }, 'MissingAuthenticationTokenException'],
    ['another kind of it', withAuthorization('Basic abc'), 'MissingAuthenticationTokenException'],
    [
      'half of it',
      withAuthorization('AWS4-HMAC-SHA256 Credential=AKID/20260101'),
      'IncompleteSignatureException',
    ],
    [
      'an unknown key',
      withAuthorization((request.headers.authorization ?? '').replace('AKID', 'constructor')),
      'UnrecognizedClientException',
    ],
    ['a token too old', inquiry({ ...GIVEN, token: EXPIRED_TOKEN }), 'ExpiredTokenException'],
    [
      'no date',
      { ...request, headers: { ...request.headers, 'x-amz-date': undefined } },
      'IncompleteSignatureException',
    ],
    [
      'no such date',
      { ...request, headers: { ...request.headers, 'x-amz-date': '20260101' } },
      'InvalidSignatureException',
    ],
    [
      'a date of another day',
      { ...request, headers: { ...request.headers, 'x-amz-date': '20260102T000000Z' } },
      'InvalidSignatureException',
    ],
  ])('with %s is refused', (_what, asked, type) => {
    expect(check(asked)).toMatchObject({ status: 403, type })
  })
})
