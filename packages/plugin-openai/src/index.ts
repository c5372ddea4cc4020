export type { OpenAIClient } from './client.ts'
export { openai } from './openai.ts'
export { azurePlugin, azureResponsesPlugin, openaiPlugin, openaiResponsesPlugin, plugins } from './plugin.ts'
export type { AzureSettings, OpenAISettings, RequestSettings } from './settings.ts'
