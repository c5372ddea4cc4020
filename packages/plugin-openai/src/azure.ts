import { clientOf, type OpenAIClient } from './client.ts'
import { azurePlugin, azureResponsesPlugin } from './plugin.ts'
import type { AzureSettings } from './settings.ts'

/**
 * A client of Azure OpenAI. Where it is, first that is set: `--target` or `--simulate`, `LOADBENCH_TARGET`,
 * `endpoint`, `baseURL`, `AZURE_OPENAI_ENDPOINT`.
 */
export function azure(settings: AzureSettings = {}): OpenAIClient {
  const { endpoint = settings.baseURL, deployment, model = deployment } = settings
  const bound = {
    ...settings,
    ...(endpoint === undefined ? {} : { baseURL: endpoint }),
    ...(model === undefined ? {} : { model }),
  }
  return clientOf(azurePlugin(bound), azureResponsesPlugin(bound), bound)
}
