import type { Probe } from 'loadbench/plugin'
import { azureBase } from '../encode/base-path.ts'
import type { Headers } from '../host.ts'
import { hostedAt } from './hosted.ts'
import { isLocked, listedModels } from './models.ts'

/**
 * How an address is found to be Azure's. Elsewhere nothing is said: others have routes of these names too.
 * The models it lists are those that could be deployed, and are left out.
 */
export function azureProbe(authorization: Headers): Probe {
  return {
    requests: ({ pathname }) => [{ name: 'models', url: `${azureBase(pathname)}/openai/v1/models` }],
    authorization: () => authorization,
    identify({ models }, target) {
      if (hostedAt(target) !== 'azure') return undefined
      if (listedModels(models) !== undefined) return { server: 'azure' }
      return isLocked(models) ? { server: 'azure', locked: true } : undefined
    },
  }
}
