import { createHash } from 'node:crypto'
import type { SignatureV4 } from '@smithy/signature-v4'
import type { HttpRequest, ProviderPlugin } from 'loadbench/plugin'
import { chainOf, SIMULATOR_KEYS, type Credentials } from './credentials.ts'
import { regionInHost, regionOf } from './region.ts'
import type { AwsSettings } from './settings.ts'
import { Sha256 } from './sha256.ts'

type Sign = NonNullable<ProviderPlugin['sign']>
/** The name by which requests are signed; that of Bedrock's runtime is `bedrock` too. */
type SigningService = 'bedrock' | 'sagemaker'

const SIMULATOR_REGION = 'us-east-1'

/**
 * Signs requests with AWS Signature Version 4, or gives them a Bedrock API key, which goes before. A request
 * that has an `authorization` of its own is left alone. Rejects where there are no keys or no region.
 */
export function signer(settings: AwsSettings, service: SigningService): Sign {
  const given = givenToken(settings, service)
  const token = given ?? tokenOfEnvironment(settings, service)
  const real = new RegionalSigners(settings, service, keysOf(settings))
  const simulated = new RegionalSigners(
    settings,
    service,
    () => Promise.resolve(SIMULATOR_KEYS),
    SIMULATOR_REGION,
  )
  return async (request, target, context) => {
    if ('authorization' in request.headers) return request
    const bearer = context.simulated ? given : token
    if (bearer) return withHeaders(request, { authorization: `Bearer ${bearer}` })
    const signers = context.simulated && settings.credentials === undefined ? simulated : real
    return signed(request, target, await signers.for(target))
  }
}

function givenToken({ bearerToken }: AwsSettings, service: SigningService): string | undefined {
  return service === 'bedrock' ? bearerToken : undefined
}

/** Keys a script names are meant; a token in the environment may be there for something else. */
function tokenOfEnvironment({ credentials }: AwsSettings, service: SigningService): string | undefined {
  if (service !== 'bedrock' || credentials !== undefined) return undefined
  return process.env['AWS_BEARER_TOKEN_BEDROCK']
}

function keysOf({ credentials, profile }: AwsSettings): () => Promise<Credentials> {
  if (credentials !== undefined) return () => Promise.resolve(credentials)
  const source = chainOf(profile)
  return () => source.get()
}

/** One signer for each host, so that regions are looked for once. */
class RegionalSigners {
  readonly #settings: AwsSettings
  readonly #service: SigningService
  readonly #keys: () => Promise<Credentials>
  readonly #fallback: string | undefined
  readonly #byHost = new Map<string, SignatureV4>()

  constructor(
    settings: AwsSettings,
    service: SigningService,
    keys: () => Promise<Credentials>,
    fallback?: string,
  ) {
    this.#settings = settings
    this.#service = service
    this.#keys = keys
    this.#fallback = fallback
  }

  async for({ hostname }: URL): Promise<SignatureV4> {
    const known = this.#byHost.get(hostname)
    if (known !== undefined) return known
    const region =
      this.#settings.region || regionInHost(hostname) || (await regionOf(this.#settings)) || this.#fallback
    if (region === undefined) {
      throw new Error(`no AWS region is known for ${hostname}: set region in the script, or AWS_REGION`)
    }
    const { SignatureV4 } = await import('@smithy/signature-v4')
    const made = new SignatureV4({ service: this.#service, region, credentials: this.#keys, sha256: Sha256 })
    this.#byHost.set(hostname, made)
    return made
  }
}

/**
 * Only what AWS has to be sure of is signed: `content-type`, `host` and `x-amz…`. Others, `accept-encoding`
 * for one, are changed by proxies. The host is the one the transport sends.
 */
async function signed(request: HttpRequest, target: URL, signature: SignatureV4): Promise<HttpRequest> {
  const [path = '/', query] = request.path.split('?', 2)
  const headers: Record<string, string> = { host: request.headers['host'] ?? target.host }
  for (const name in request.headers) {
    if (name === 'content-type' || name.startsWith('x-amz')) headers[name] = request.headers[name] ?? ''
  }
  headers['x-amz-content-sha256'] = createHash('sha256')
    .update(request.body ?? '')
    .digest('hex')
  const result = await signature.sign({
    method: request.method,
    protocol: target.protocol,
    hostname: target.hostname,
    path,
    query: query === undefined ? NO_QUERY : queryOf(query),
    headers,
  })
  const all: Record<string, string> = { ...request.headers }
  for (const name in result.headers) if (name !== 'host') all[name] = result.headers[name] ?? ''
  return { ...request, headers: all }
}

const NO_QUERY: Record<string, string[]> = {}

function queryOf(query: string): Record<string, string[]> {
  const bag: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) (bag[name] ??= []).push(value)
  return bag
}

function withHeaders(request: HttpRequest, added: HttpRequest['headers']): HttpRequest {
  return { ...request, headers: { ...request.headers, ...added } }
}
