import { azure } from './azure.ts'
import { clientOf, type OpenAIClient } from './client.ts'
import { openaiPlugin, openaiResponsesPlugin } from './plugin.ts'
import type { OpenAISettings } from './settings.ts'

/**
 * A client of an OpenAI-compatible server. Where it is, first that is set: `--target` or `--simulate`,
 * `LOADBENCH_TARGET`, `baseURL`, `OPENAI_BASE_URL`, `OPENAI_API_BASE`. An address without a path gets `/v1`.
 */
export function openai(settings: OpenAISettings = {}): OpenAIClient {
  return clientOf(openaiPlugin(settings), openaiResponsesPlugin(settings), settings)
}

openai.azure = azure
