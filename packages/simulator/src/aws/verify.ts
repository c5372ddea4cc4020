import { timingSafeEqual } from 'node:crypto'
import type { Inquiry } from '../protocol.ts'
import type { AwsError } from './errors.ts'
import { canonicalRequest, signatureOf, stringToSign, type Signing } from './signature.ts'

/** The pair of keys that is always known. */
export const SIMULATOR_KEYS: Readonly<Record<string, string>> = { SIMULATORACCESSKEY: 'simulator-secret' }
/** The session token that is too old; any other one is good. */
export const EXPIRED_TOKEN = 'simulator-expired-token'

/** How far the clocks of two machines may be apart, ms. */
const SKEW = 5 * 60_000

/** Who may sign, and for what. */
export interface Verifier {
  /** The service's name in a signature. */
  readonly service: string
  /** Secrets by access key. */
  readonly keys: Readonly<Record<string, string>>
  /** Unix time, ms. */
  readonly now: number
}

/** A signature as it stands in the header `authorization`. */
interface Presented extends Signing {
  readonly key: string
  readonly signature: string
}

/**
 * Checks the signature of a request (AWS Signature Version 4, in the header). The time is checked before
 * the signature, as AWS does it.
 * @returns what AWS answers where it is not right; `undefined`: the request is who it says it is
 */
export function verify(request: Inquiry, verifier: Verifier): AwsError | undefined {
  const presented = read(request)
  if ('type' in presented) return presented
  if (request.headers['x-amz-security-token'] === EXPIRED_TOKEN) {
    return denied('ExpiredTokenException', 'The security token included in the request is expired')
  }
  const secret = Object.hasOwn(verifier.keys, presented.key) ? verifier.keys[presented.key] : undefined
  if (secret === undefined) {
    return denied('UnrecognizedClientException', 'The security token included in the request is invalid.')
  }
  return (
    wrongScope(presented, verifier.service) ??
    wrongTime(presented, verifier.now) ??
    unsigned(presented, request) ??
    wrongSignature(presented, request, secret)
  )
}

/** Takes the header apart: `AWS4-HMAC-SHA256 Credential=…/date/region/service/aws4_request, SignedHeaders=…, Signature=…`. */
function read({ headers }: Inquiry): Presented | AwsError {
  const { authorization = '' } = headers
  if (!authorization.startsWith('AWS4-HMAC-SHA256')) {
    return denied('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
  const field = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? ''
  const [key = '', date = '', region = '', service = '', end] = field('Credential').split('/')
  const signed = field('SignedHeaders').split(';').filter(Boolean).toSorted()
  const signature = field('Signature')
  const time = String(headers['x-amz-date'] ?? '')
  if (end !== 'aws4_request' || signed.length === 0 || signature === '' || time === '') {
    return denied(
      'IncompleteSignatureException',
      `Authorization header requires 'Credential', 'SignedHeaders', 'Signature' and the header 'X-Amz-Date'. Authorization=${authorization}`,
    )
  }
  return { key, scope: { date, region, service }, time, signed, signature }
}

function wrongScope({ scope, time }: Presented, service: string): AwsError | undefined {
  if (scope.service !== service) {
    return mismatch(`Credential should be scoped to correct service: '${service}'.`)
  }
  if (!time.startsWith(scope.date)) {
    return mismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${time.slice(0, 8)}', from '${time}'.`,
    )
  }
  return undefined
}

function wrongTime({ time }: Presented, now: number): AwsError | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? []
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(at)) return mismatch(`Date must be in ISO-8601 'basic format'. Got '${time}'.`)
  if (at < now - SKEW) {
    return mismatch(
      `Signature expired: ${time} is now earlier than ${basic(now - SKEW)} (${basic(now)} - 5 min.)`,
    )
  }
  if (at > now + SKEW) {
    return mismatch(
      `Signature not yet current: ${time} is still later than ${basic(now + SKEW)} (${basic(now)} + 5 min.)`,
    )
  }
  return undefined
}

/** A header that says who asks, or for what, has to be signed. */
function unsigned({ signed }: Presented, { headers }: Inquiry): AwsError | undefined {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))]
  const missing = needed.find((name) => !signed.includes(name))
  return missing === undefined
    ? undefined
    : mismatch(`'${missing}' must be a 'SignedHeader' in the AWS Authorization.`)
}

function wrongSignature(presented: Presented, request: Inquiry, secret: string): AwsError | undefined {
  const canonical = canonicalRequest(request, presented.signed)
  const text = stringToSign(presented, canonical)
  const expected = Buffer.from(signatureOf(secret, presented.scope, text))
  const given = Buffer.from(presented.signature)
  if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined
  return mismatch(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
      'Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String ' +
      `for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${text}'\n`,
  )
}

function denied(type: string, message: string): AwsError {
  return { status: 403, type, message }
}

function mismatch(message: string): AwsError {
  return denied('InvalidSignatureException', message)
}

/** `YYYYMMDDTHHMMSSZ` */
function basic(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '')
}
