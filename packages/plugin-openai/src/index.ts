export { openai, type OpenAIClient } from './client.ts'
export { openaiPlugin } from './plugin.ts'
export type { OpenAISettings } from './settings.ts'
