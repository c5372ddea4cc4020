import type { Call, Probe, ProviderPlugin } from 'loadbench/plugin'
import { basePath } from './encode/base-path.ts'
import { openaiProbe } from './probe/probe.ts'
import type { OpenAISettings, RequestSettings } from './settings.ts'

export type Headers = Readonly<Record<string, string>>
export type Route = 'chat/completions' | 'completions' | 'embeddings' | 'responses'

/** Who is asked: what OpenAI and those who do as it does differ in from Azure. */
export interface Host extends Pick<ProviderPlugin, 'name' | 'targetVariables' | 'sign'> {
  readonly settings: RequestSettings
  /** What every request carries: the key, where there is one. */
  readonly headers: Headers
  readonly probe: Probe
  /** How a call can name its model. */
  readonly modelHint: string
  /** The model a call asks for; `undefined` where none is named. */
  modelOf(call: Call): string | undefined
  /** Path and query of a route. */
  path(route: Route, target: URL, model: string): string
}

/** OpenAI, and every server that speaks its protocol at paths of its own. Reads `OPENAI_API_KEY`. */
export function openaiHost(settings: OpenAISettings): Host {
  const { organization, project } = settings
  const apiKey = settings.apiKey ?? process.env['OPENAI_API_KEY'] ?? ''
  const authorization: Headers = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }
  return {
    name: 'openai',
    targetVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    settings,
    headers: {
      ...authorization,
      ...(organization === undefined ? {} : { 'openai-organization': organization }),
      ...(project === undefined ? {} : { 'openai-project': project }),
    },
    probe: openaiProbe(authorization),
    modelHint:
      "Name it in the client, openai({ model: '…' }), or in the call. GET /v1/models lists what a server has.",
    modelOf: (call) => call.model ?? settings.model,
    path: (route, target) => `${basePath(target)}/${route}${target.search}`,
  }
}
