import { createHash } from 'node:crypto'
import type { HttpRequest } from 'loadbench/plugin'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SIMULATOR_KEYS } from './credentials.ts'
import type { AwsSettings } from './settings.ts'
import { signer } from './sign.ts'

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'SECRET' }
const REAL = { simulated: false }
const SIMULATED = { simulated: true }
const TARGET = new URL('https://bedrock-runtime.us-east-1.amazonaws.com')
const NOVA = '/model/us.amazon.nova-pro-v1%3A0/converse-stream'

/** No test may find keys, or a region, of the machine it runs on. */
const NOTHING_FOUND = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_SESSION_TOKEN: '',
  AWS_PROFILE: '',
  AWS_REGION: '',
  AWS_DEFAULT_REGION: '',
  AWS_BEARER_TOKEN_BEDROCK: '',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
}

beforeEach(() => {
  for (const [name, value] of Object.entries(NOTHING_FOUND))
    vi.stubEnv(name, value === '' ? undefined : value)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') })
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

function request(path: string, headers: HttpRequest['headers'] = {}): HttpRequest {
  return { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body: '{}' }
}

interface Circumstances {
  readonly settings?: AwsSettings
  readonly service?: 'bedrock' | 'sagemaker'
  readonly target?: URL
}

async function signatureOf(
  one: HttpRequest,
  { settings = { credentials: KEYS }, service = 'bedrock', target = TARGET }: Circumstances = {},
): Promise<string | undefined> {
  const { headers } = await signer(settings, service)(one, target, REAL)
  return /Signature=([0-9a-f]{64})$/.exec(headers['authorization'] ?? '')?.[1]
}

describe('Signature Version 4', () => {
  const ARN =
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-3-7-sonnet-20250219-v1:0'

  // Computed with the AWS SDK for JavaScript, botocore and node:crypto alone; all agree.
  it.each([
    [
      'a model id with a colon',
      NOVA,
      KEYS,
      'bedrock',
      'd53968f0abea58b78ec2640bb766944e3a8ab2dc2d6b8806d2025ac37f1fa0d4',
    ],
    [
      'an ARN with a slash',
      `/model/${encodeURIComponent(ARN)}/converse-stream`,
      KEYS,
      'bedrock',
      '39497a3c571bc8b8eadae8ce7146ad49c69ef00f5650a598c052eb1aa207bbfb',
    ],
    [
      'a session token',
      NOVA,
      { ...KEYS, sessionToken: 'TOKEN' },
      'bedrock',
      '040b30ab2c138cd33503c2bab41c6695962d6b6d6bab018346657cc0be63f655',
    ],
    [
      'SageMaker',
      '/endpoints/my-ep/invocations-response-stream',
      KEYS,
      'sagemaker',
      '82d6e7048f8e0a36ac9b38ce1e87ddac0c63b7bcc19903b17dd6e7d65f126a6b',
    ],
  ] as const)('signs %s as other implementations do', async (_, path, credentials, service, expected) => {
    const host = service === 'bedrock' ? TARGET.hostname : 'runtime.sagemaker.us-east-1.amazonaws.com'
    const target = new URL(`https://${host}`)
    expect(await signatureOf(request(path), { settings: { credentials }, service, target })).toBe(expected)
  })

  it('signs content type, host and amz headers, and no others', async () => {
    const sign = signer({ credentials: { ...KEYS, sessionToken: 'TOKEN' } }, 'sagemaker')
    const headers = {
      accept: '*/*',
      'accept-encoding': 'identity',
      'x-amzn-sagemaker-session-id': 's',
      'x-mine': '1',
    }
    const signed = await sign(request('/endpoints/e/invocations', headers), TARGET, REAL)
    expect(/SignedHeaders=([^,]+)/.exec(signed.headers['authorization'] ?? '')?.[1]).toBe(
      'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amzn-sagemaker-session-id',
    )
    expect(signed.headers).toMatchObject({
      ...headers,
      'x-amz-date': '20260101T000000Z',
      'x-amz-security-token': 'TOKEN',
    })
    expect(signed.headers['x-amz-content-sha256']).toBe(createHash('sha256').update('{}').digest('hex'))
  })

  it('leaves the host header to the transport, and signs what that sends: with a port that is not the usual one', async () => {
    const sign = signer({ credentials: KEYS, region: 'us-east-1' }, 'bedrock')
    const withPort = await sign(request(NOVA), new URL('http://127.0.0.1:8080'), REAL)
    const without = await sign(request(NOVA), new URL('http://127.0.0.1:80'), REAL)
    const given = await sign(request(NOVA, { host: '127.0.0.1:8080' }), new URL('http://10.0.0.1'), REAL)
    expect(withPort.headers).not.toHaveProperty('host')
    expect(withPort.headers['authorization']).not.toBe(without.headers['authorization'])
    expect(given.headers['authorization']).toBe(withPort.headers['authorization'])
  })

  it('signs the query, in whatever order it is written', async () => {
    const one = await signatureOf(request('/inference-profiles?maxResults=10&typeEquals=A%20B'))
    const other = await signatureOf(request('/inference-profiles?typeEquals=A%20B&maxResults=10'))
    expect(one).toBe(other)
    expect(one).not.toBe(await signatureOf(request('/inference-profiles?maxResults=11&typeEquals=A%20B')))
  })

  it('signs a body of bytes like one of text, and one that is missing', async () => {
    const text = await signatureOf(request(NOVA))
    expect(await signatureOf({ ...request(NOVA), body: Buffer.from('{}') })).toBe(text)
    const { body: _none, ...get } = request('/foundation-models')
    expect(await signatureOf({ ...get, method: 'GET' })).toMatch(/^[0-9a-f]{64}$/)
  })

  it('leaves the request as it was, and one alone that brings an authorization', async () => {
    const one = Object.freeze({
      ...request(NOVA),
      headers: Object.freeze({ 'content-type': 'application/json' }),
    })
    await expect(signer({ credentials: KEYS }, 'bedrock')(one, TARGET, REAL)).resolves.toMatchObject({
      body: '{}',
    })
    const own = request(NOVA, { authorization: 'Bearer mine' })
    expect(await signer({ credentials: KEYS }, 'bedrock')(own, TARGET, REAL)).toBe(own)
  })
})

describe('the region', () => {
  it.each([
    ['the script', { region: 'eu-west-1' }, TARGET.href, { AWS_REGION: 'us-west-2' }, 'eu-west-1'],
    ['the host', {}, TARGET.href, { AWS_REGION: 'us-west-2' }, 'us-east-1'],
    [
      'AWS_REGION',
      {},
      'http://127.0.0.1:1',
      { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'x' },
      'us-west-2',
    ],
    ['AWS_DEFAULT_REGION', {}, 'http://127.0.0.1:1', { AWS_DEFAULT_REGION: 'ap-south-1' }, 'ap-south-1'],
  ])('is that of %s', async (_, settings, target, environment, expected) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    const sign = signer({ credentials: KEYS, ...settings }, 'bedrock')
    const { headers } = await sign(request(NOVA), new URL(target), REAL)
    expect(headers['authorization']).toContain(`/20260101/${expected}/bedrock/aws4_request`)
  })

  it('is asked for where nothing tells it', async () => {
    const sign = signer({ credentials: KEYS }, 'bedrock')
    await expect(sign(request(NOVA), new URL('http://127.0.0.1:1'), REAL)).rejects.toThrow(/AWS_REGION/)
  })
})

describe('a Bedrock API key', () => {
  it('goes before keys, for Bedrock only', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bedrock-key')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'SECRET')
    const bedrock = await signer({}, 'bedrock')(request(NOVA), TARGET, REAL)
    expect(bedrock.headers['authorization']).toBe('Bearer bedrock-key')
    expect(bedrock.headers).not.toHaveProperty('x-amz-date')
    const sagemaker = await signer({}, 'sagemaker')(request('/endpoints/e/invocations'), TARGET, REAL)
    expect(sagemaker.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\//)
  })

  it.each([
    ['in the script goes before the one in the environment', { bearerToken: 'mine' }, 'Bearer mine'],
    [
      'in the environment gives way to keys in the script',
      { credentials: KEYS },
      'AWS4-HMAC-SHA256 Credential=AKID/',
    ],
    [
      "is not sent where the script says ''",
      { bearerToken: '', credentials: KEYS },
      'AWS4-HMAC-SHA256 Credential=AKID/',
    ],
  ])('%s', async (_, settings, expected) => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bedrock-key')
    const { headers } = await signer(settings, 'bedrock')(request(NOVA), TARGET, REAL)
    expect(headers['authorization']?.startsWith(expected)).toBe(true)
  })
})

describe('for the simulator', () => {
  const simulator = new URL('http://127.0.0.1:4000')

  it('nothing has to be found: fixed keys, which it knows, and a fixed region', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'real-key-that-must-not-leave')
    const { headers } = await signer({ profile: 'not-there' }, 'bedrock')(request(NOVA), simulator, SIMULATED)
    expect(headers['authorization']).toContain(
      `Credential=${SIMULATOR_KEYS.accessKeyId}/20260101/us-east-1/bedrock/`,
    )
  })

  it('keys in the script are used', async () => {
    const { headers } = await signer({ credentials: KEYS, region: 'us-east-2' }, 'sagemaker')(
      request('/x'),
      simulator,
      SIMULATED,
    )
    expect(headers['authorization']).toContain('Credential=AKID/20260101/us-east-2/sagemaker/')
    const bearer = await signer({ bearerToken: 'mine' }, 'bedrock')(request('/x'), simulator, SIMULATED)
    expect(bearer.headers['authorization']).toBe('Bearer mine')
  })
})

describe('keys of the environment', () => {
  it('are found by the default chain, with their session token', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'SECRET')
    vi.stubEnv('AWS_SESSION_TOKEN', 'TOKEN')
    vi.resetModules()
    const fresh = await import('./sign.ts')
    const signed = await fresh.signer({}, 'bedrock')(request(NOVA), TARGET, REAL)
    expect(signed.headers['authorization']).toContain(
      '040b30ab2c138cd33503c2bab41c6695962d6b6d6bab018346657cc0be63f655',
    )
  })

  it('that are nowhere are told, with what to do', async () => {
    vi.resetModules()
    const fresh = await import('./sign.ts')
    const missing = fresh.signer({}, 'bedrock')(request(NOVA), TARGET, REAL)
    await expect(missing).rejects.toThrow(/Could not load credentials.*aws sso login/s)
  })
})
