import type { FoundServer } from '../../model/summary.ts'
import { oneLine } from './one-line.ts'

/** `openai → vllm 0.10.0, llama-3-8b (context 8192)`; of several models how many there are. */
export function serverText({
  provider,
  server,
  version,
  healthy,
  models,
  locked,
  keyRefused,
}: FoundServer): string {
  const [only] = models ?? []
  const context = only?.contextLength === undefined ? '' : ` (context ${only.contextLength})`
  const words = [
    `${provider} → ${server}${version === undefined ? '' : ` ${version}`}`,
    ...(models === undefined || only === undefined
      ? []
      : [models.length === 1 ? `${only.id}${context}` : `${models.length} models`]),
    ...(healthy === false ? ['says it is not ready'] : []),
    ...(locked === true ? [keyRefused === true ? 'refuses the key' : 'wants a key'] : []),
  ]
  return oneLine(words.join(', '))
}
