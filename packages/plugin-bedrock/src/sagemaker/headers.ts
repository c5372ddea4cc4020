import type { HttpRequest } from 'loadbench/plugin'
import type { SageMakerSettings } from './settings.ts'

/**
 * The headers that are the same for every call of a client: what is left out of the settings is not sent.
 * Nothing compressed is asked for: what compresses without flushing holds tokens back.
 */
export function invocationHeaders(settings: Partial<SageMakerSettings>): HttpRequest['headers'] {
  const named: readonly (readonly [string, string | undefined])[] = [
    ['target-variant', settings.variant],
    ['inference-component', settings.inferenceComponent],
    ['session-id', settings.sessionId],
    ['target-model', settings.targetModel],
    ['target-container-hostname', settings.targetContainer],
    ['custom-attributes', settings.customAttributes],
  ]
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
  }
  for (const [name, value] of named) if (value !== undefined) headers[`x-amzn-sagemaker-${name}`] = value
  return headers
}
