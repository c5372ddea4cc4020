import { isText, type Probe, type ProbeAnswers, type ServerInfo } from 'loadbench/plugin'
import type { Headers } from '../host.ts'
import { configurationOf } from './configuration.ts'
import { fieldOf } from './field.ts'
import { isLocked, listedModels, servedBy } from './models.ts'
import { questions } from './questions.ts'
import { serverAt } from './server.ts'

/**
 * How an address is found to speak OpenAI's protocol, and by which server. Servers with a protocol of their
 * own beside it (TGI, Ollama) are named as what they are.
 */
export function openaiProbe(authorization: Headers): Probe {
  return { requests: questions, authorization: () => authorization, identify }
}

function identify(answers: ProbeAnswers, target: URL): ServerInfo | undefined {
  const models = listedModels(answers['models']) ?? listedModels(answers['kserve-models'])
  const locked = models === undefined && (isLocked(answers['models']) || isLocked(answers['kserve-models']))
  const server = serverAt(answers, target)
  if (models === undefined && !locked && !ENGINES.has(server)) return undefined
  const version = versionOf(answers, server)
  const healthy = healthOf(answers)
  const configuration = configurationOf(answers, server)
  return {
    server: server ?? 'unknown',
    ...(version === undefined ? {} : { version }),
    ...(healthy === undefined ? {} : { healthy }),
    // Azure lists what could be deployed, by other names than deployments have.
    ...(models === undefined || server === 'azure'
      ? {}
      : { models: models.map((model) => servedBy(server, model)) }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(server === 'kserve' ? { warnings: [AT_OPENAI] } : {}),
    ...(locked ? { locked } : {}),
  }
}

/** Those that speak OpenAI's protocol even while they list no models. Of others the list is the proof. */
const ENGINES: ReadonlySet<string | undefined> = new Set(['vllm', 'sglang'])

const AT_OPENAI = 'Its OpenAI routes are under /openai/v1: give the target with that path.'

function versionOf(answers: ProbeAnswers, server: string | undefined): string | undefined {
  const told = [
    server === 'tgi' ? fieldOf(answers['info'], 'version') : undefined,
    server === 'ollama' ? fieldOf(answers['ollama-version'], 'version') : undefined,
    fieldOf(answers['server-info'], 'version'),
    fieldOf(answers['older-server-info'], 'version'),
    fieldOf(answers['version'], 'version'),
  ]
  return told.find(isText)
}

/** Only what such a route says of itself: a server without one says nothing. */
function healthOf({ health }: ProbeAnswers): boolean | undefined {
  if (health?.status === 200) return true
  return health?.status === 503 ? false : undefined
}
