const WORDS = new Set([
  'key',
  'apikey',
  'token',
  'secret',
  'password',
  'passwd',
  'pwd',
  'credential',
  'credentials',
  'authorization',
  'auth',
  'cookie',
  'sig',
  'signature',
])

/** Whether what has this name is likely a secret: `apiKey`, `HF_TOKEN_READ`, `x-auth-token`, `sig`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.some((word) => WORDS.has(word))
}
