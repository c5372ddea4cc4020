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
 * `name` `${}/users/${}`, whatever the id.
 */
export function namedUrl(texts: TemplateStringsArray, ...values: readonly unknown[]): NamedUrl {
  return new NamedUrl(String.raw({ raw: texts }, ...values), texts.join('${}'))
}

/** @throws LB_CALL_INVALID for anything but a whole http(s) address. */
export function readAddress(address: HttpAddress): URL {
  const text = String(address)
  const read = URL.canParse(text) ? new URL(text) : undefined
  if (read !== undefined && (read.protocol === 'http:' || read.protocol === 'https:')) return read
  throw invalid(
    // A script may have written user and password before the host.
    `"${text.replace(/[^/\s]*@/, '')}" is no http or https address`,
    'Write it whole, for example https://search.example.com/query; --target is for models only.',
  )
}
