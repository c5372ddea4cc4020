/** Public services by the host they are reached at, or what it ends in. */
const HOSTS: readonly (readonly [string, string])[] = [
  ['api.openai.com', 'openai'],
  ['.openai.azure.com', 'azure'],
  ['.cognitiveservices.azure.com', 'azure'],
  ['.services.ai.azure.com', 'azure'],
  ['api.groq.com', 'groq'],
  ['api.deepseek.com', 'deepseek'],
  ['api.mistral.ai', 'mistral'],
  ['api.x.ai', 'xai'],
  ['openrouter.ai', 'openrouter'],
]

/** The public service at an address; `undefined` for any other. */
export function hostedAt({ hostname }: URL): string | undefined {
  const found = HOSTS.find(([host]) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host))
  return found?.[1]
}
