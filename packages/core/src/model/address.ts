import { isSecretName } from './secret-name.ts'

/** What stands where a secret was. */
export const HIDDEN = '[removed]'

/** An address without user name and password, the values of secret-looking query fields gone. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  url.username = ''
  url.password = ''
  for (const name of Array.from(url.searchParams.keys())) {
    if (isSecretName(name)) url.searchParams.set(name, HIDDEN)
  }
  return url.href
}

/**
 * The same of an address with gaps where values were, which no parser takes: `https://host/users/${}?key=${}`. What was
 * left out is no secret any more.
 */
export function patternWithoutCredentials(pattern: string): string {
  return pattern
    .replace(/^(https?:\/\/)[^/?#]*@/i, '$1')
    .replace(/([?&])([^=&#]+)=([^&#]+)/g, (field, before: string, name: string, value: string) =>
      value !== '${}' && isSecretName(name) ? `${before}${name}=${HIDDEN}` : field,
    )
}
