import type { TgiSettings } from '../settings.ts'

/**
 * The key of a client, `''` where it has none. Reads `TGI_API_KEY`. `HF_TOKEN` is not read: it opens a
 * whole account of the Hub, and the target may be anybody's.
 */
export function keyOf(settings: TgiSettings): string {
  return settings.apiKey ?? process.env['TGI_API_KEY'] ?? ''
}

/** The header that carries a key, where there is one. */
export function authorization(key: string): Readonly<Record<string, string>> {
  return key === '' ? {} : { authorization: `Bearer ${key}` }
}
