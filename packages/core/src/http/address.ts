import { patternWithoutCredentials, withoutCredentials } from '../model/address.ts'
import { invalid } from './invalid.ts'

/** An address whose changing pieces are left out of its name, made by the template tag `http.url`. */
export class NamedUrl {
  readonly url: string
  readonly name: string

  constructor(url: string, name: string) {
    this.url = url
    this.name = name
  }

  toString(): string {
    return this.url
  }
}

/** Where a request goes. */
export type HttpAddress = string | URL | NamedUrl

/**
 * Names all addresses of one form alike: requests to http.url`${base}/users/${id}` have the tag
 * `name` `${}/users/${}`, whatever the id. Credentials among the texts are no part of it.
 */
export function namedUrl(texts: TemplateStringsArray, ...values: readonly unknown[]): NamedUrl {
  return new NamedUrl(String.raw({ raw: texts }, ...values), patternWithoutCredentials(texts.join('${}')))
}

/** An address as a request needs it. */
export interface Destination {
  /** Without the credentials that stood in it. */
  readonly url: URL
  /** Path and query. */
  readonly path: string
  /** The address as results and scripts may show it. */
  readonly shown: string
  /** What the credentials that stood in it come to. */
  readonly authorization?: string
}

/** Scripts ask the same few addresses again and again; taking one apart costs more than finding it. */
const known = new Map<string, Destination>()
const MOST_KNOWN = 1_000

/** @throws LB_CALL_INVALID for anything but a whole http(s) address. */
export function readAddress(address: HttpAddress): Destination {
  const text = String(address)
  let destination = known.get(text)
  if (destination === undefined) {
    destination = destinationOf(parse(text))
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(text, destination)
  }
  return destination
}

export function destinationOf(whole: URL): Destination {
  const { username, password } = whole
  const shown = `${username}${password}${whole.search}` === '' ? whole.href : withoutCredentials(whole.href)
  const url = new URL(whole)
  url.username = ''
  url.password = ''
  const to = { url, path: `${url.pathname}${url.search}`, shown }
  if (username === '' && password === '') return to
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { ...to, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

function parse(text: string): URL {
  const read = URL.canParse(text) ? new URL(text) : undefined
  if (read !== undefined && (read.protocol === 'http:' || read.protocol === 'https:')) return read
  throw invalid(
    // A script may have written user and password before the host.
    `"${text.replace(/[^/\s]*@/, '')}" is no http or https address`,
    'Write it whole, for example https://search.example.com/query; --target is for models only.',
  )
}
