import { isObject, isText, type Probe, type ProbeAnswers, type ServerInfo } from 'loadbench/plugin'
import { pathAt } from '../encode/path.ts'
import type { Headers } from '../encode/headers.ts'
import { entriesOf } from './entries.ts'
import { servedModels } from './models.ts'
import { offloaded } from './offloaded.ts'

const ROUTES = { root: '/', version: '/api/version', tags: '/api/tags', ps: '/api/ps' } as const

/**
 * How Ollama is recognised: by what it says at its root, or by its version beside its list of models.
 * Its version alone is not enough, since other servers have `/api/version` too (Open WebUI).
 * @param headers those of the client; the key among them goes out once a server asks for it.
 */
export function probe(headers: Headers): Probe {
  return {
    requests: (target) =>
      Object.entries(ROUTES).map(([name, route]) => ({ name, url: pathAt(target, route) })),
    authorization: () => headers,
    identify,
  }
}

function identify(answers: ProbeAnswers): ServerInfo | undefined {
  const tags = entriesOf(answers['tags'])
  const greeted = answers['root']?.body.startsWith('Ollama is running') === true
  const version = versionOf(answers)
  if (!greeted && (version === undefined || tags === undefined)) return undefined
  const running = entriesOf(answers['ps']) ?? []
  const locked = [401, 403].includes(answers['tags']?.status ?? 0)
  const warnings = running.flatMap(offloaded)
  return {
    server: 'ollama',
    ...(version === undefined ? {} : { version }),
    healthy: true,
    ...(tags === undefined ? {} : { models: servedModels(tags, running) }),
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(locked ? { locked } : {}),
  }
}

function versionOf(answers: ProbeAnswers): string | undefined {
  const body = answers['version']?.json
  return isObject(body) && isText(body['version']) ? body['version'] : undefined
}
