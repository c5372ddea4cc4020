import { createHash, createHmac } from 'node:crypto'
import { unescape } from 'node:querystring'
import type { Inquiry } from '../protocol.ts'

/** For what a signature counts: one day, region and service. */
export interface Scope {
  /** `YYYYMMDD` */
  readonly date: string
  readonly region: string
  readonly service: string
}

/** What a signature was made of. */
export interface Signing {
  readonly scope: Scope
  /** `YYYYMMDDTHHMMSSZ` */
  readonly time: string
  /** Names of the headers signed, lower case, sorted. */
  readonly signed: readonly string[]
}

/**
 * The request in the form that is signed. Each segment of the path, which comes encoded, is encoded once
 * more: that is the rule for every service but S3.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: Inquiry, signed: readonly string[]): string {
  const headers = signed.map((name) => `${name}:${valueOf(request, name)}\n`).join('')
  return [
    request.method,
    request.path.split('/').map(encode).join('/'),
    canonicalQuery(request.query),
    headers,
    signed.join(';'),
    sha256(request.body),
  ].join('\n')
}

/** What is signed: the time, the scope and the hash of the canonical request. */
export function stringToSign({ scope, time }: Signing, canonical: string): string {
  const { date, region, service } = scope
  return `AWS4-HMAC-SHA256\n${time}\n${date}/${region}/${service}/aws4_request\n${sha256(canonical)}`
}

/** The signature, in hexadecimal, of a request by who holds `secret`. */
export function signatureOf(secret: string, { date, region, service }: Scope, text: string): string {
  const key = [date, region, service, 'aws4_request'].reduce(
    (last: string | Buffer, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secret}`,
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

/** In hexadecimal. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** A header's value without white space around it, and with one space where it has more. */
function valueOf({ headers }: Inquiry, name: string): string {
  return String(headers[name] ?? '')
    .trim()
    .replaceAll(/\s+/g, ' ')
}

/** By name, then by value. */
function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s, 2)
      return { name: encode(unescape(name)), value: encode(unescape(value)) }
    })
  return pairs
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Everything but letters, digits and `-._~` as %XX. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
