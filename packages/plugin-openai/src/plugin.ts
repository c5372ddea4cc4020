import type { ProviderPlugin } from 'loadbench/plugin'
import { azureHost } from './azure-host.ts'
import { callsCodec, responsesCodec } from './codec.ts'
import { openaiHost } from './host.ts'
import type { AzureSettings, OpenAISettings } from './settings.ts'

/** The codec of OpenAI-compatible servers: what `openai(settings)` binds to a target. */
export function openaiPlugin(settings: OpenAISettings = {}): ProviderPlugin {
  return callsCodec(openaiHost(settings))
}

/** The codec of their Responses API, which takes calls of kind `chat`. It goes by the same name. */
export function openaiResponsesPlugin(settings: OpenAISettings = {}): ProviderPlugin {
  return responsesCodec(openaiHost(settings))
}

/** The codec of Azure OpenAI, named `azure`: what `openai.azure(settings)` binds to an endpoint. */
export function azurePlugin(settings: AzureSettings = {}): ProviderPlugin {
  return callsCodec(azureHost(settings))
}

/** The codec of its Responses API. */
export function azureResponsesPlugin(settings: AzureSettings = {}): ProviderPlugin {
  return responsesCodec(azureHost(settings))
}

/** What `loadbench probe` asks an address with. */
export const plugins: readonly ProviderPlugin[] = [openaiPlugin(), azurePlugin()]
