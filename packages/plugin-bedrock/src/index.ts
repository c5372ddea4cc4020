import type { ProviderPlugin } from 'loadbench/plugin'
import { bedrockPlugin } from './plugin.ts'
import { sagemakerPlugin } from './sagemaker/plugin.ts'

export { bedrock, type BedrockClient } from './client.ts'
export { bedrockPlugin } from './plugin.ts'
export { sagemaker, type SageMakerClient } from './sagemaker/client.ts'
export { sagemakerPlugin } from './sagemaker/plugin.ts'
export type { Container, SageMakerSettings } from './sagemaker/settings.ts'
export type { BedrockSettings, GuardrailSettings } from './settings.ts'
export type { FamilyName } from './invoke/family-name.ts'
export type { AwsKeys, AwsSettings } from './signing/settings.ts'

/** The providers of this package with their default settings, for `loadbench probe`. */
export const plugins: readonly ProviderPlugin[] = [bedrockPlugin(), sagemakerPlugin()]
