import type { ProviderPlugin } from 'loadbench/plugin'
import { ollamaPlugin } from './plugin.ts'

export { ollama, type OllamaClient } from './client.ts'
export { ollamaPlugin } from './plugin.ts'
export type { OllamaSettings } from './settings.ts'

/** The plugins of this package with default settings, for tools that try every provider. */
export const plugins: readonly ProviderPlugin[] = [ollamaPlugin()]
