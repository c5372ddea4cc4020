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
