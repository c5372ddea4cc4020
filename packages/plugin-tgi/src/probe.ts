import {
  isAmount,
  isObject,
  isText,
  type JsonObject,
  type Probe,
  type ServedModel,
  type ServerInfo,
} from 'loadbench/plugin'
import { rootPath } from './address.ts'
import { authorization } from './encode/authorization.ts'

/** What TGI calls itself in `/info`; nothing else does. */
const ROUTER = 'text-generation-router'

/** Asks `/info` and `/health`, which TGI answers without a key. Gateways before it may want one. */
export function tgiProbe(key: string): Probe {
  return {
    requests: (target) =>
      ['info', 'health'].map((name) => ({ name, url: `${rootPath(target)}/${name}${target.search}` })),
    authorization: () => authorization(key),
    identify({ info, health }) {
      const told = info?.json
      if (!isObject(told) || told['router'] !== ROUTER) return undefined
      const { version } = told
      return {
        server: 'tgi',
        ...(isText(version) ? { version } : {}),
        ...healthOf(health?.status),
        ...modelsOf(told),
        configuration: scalarsOf(
          told,
          (name) => !name.startsWith('model_') && !['router', 'version'].includes(name),
        ),
      }
    },
  }
}

/** Any other status is of something in between. */
function healthOf(status: number | undefined): Pick<ServerInfo, 'healthy'> {
  if (status === 200) return { healthy: true }
  return status === 503 ? { healthy: false } : {}
}

function modelsOf(told: JsonObject): Pick<ServerInfo, 'models'> {
  const { model_id: id, max_total_tokens: longest } = told
  if (!isText(id)) return {}
  const details = scalarsOf(told, (name) => name.startsWith('model_') && name !== 'model_id')
  const model: ServedModel = {
    id,
    // The Messages API knows the model it serves by this name.
    aliases: ['tgi'],
    ...(isAmount(longest) ? { contextLength: longest } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  }
  return { models: [model] }
}

type Scalars = Record<string, string | number | boolean>

function scalarsOf(told: JsonObject, wanted: (name: string) => boolean): Scalars {
  const found: Scalars = {}
  for (const [name, value] of Object.entries(told)) {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    if (plain && wanted(name)) found[name] = value
  }
  return found
}
