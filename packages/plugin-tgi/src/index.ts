import type { ProviderPlugin } from 'loadbench/plugin'
import { tgiPlugin } from './plugin.ts'

export { tgi, type TgiClient } from './client.ts'
export { tgiPlugin } from './plugin.ts'
export type { GenerateSettings, TgiParameters, TgiSettings } from './settings.ts'

/** What this package can probe an address with. */
export const plugins: readonly ProviderPlugin[] = [tgiPlugin()]
