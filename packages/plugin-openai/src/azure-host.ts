import type { Call } from 'loadbench/plugin'
import type { Headers, Host, Route } from './host.ts'
import { azureBase } from './encode/base-path.ts'
import { azureProbe } from './probe/azure-probe.ts'
import type { AzureSettings } from './settings.ts'

/** Azure OpenAI. Reads `AZURE_OPENAI_API_KEY` and `OPENAI_API_VERSION`. */
export function azureHost(settings: AzureSettings): Host {
  const { entraToken } = settings
  const authorization = authorizationOf(settings)
  const apiVersion = settings.apiVersion ?? process.env['OPENAI_API_VERSION'] ?? ''
  return {
    name: 'azure',
    targetVariables: ['AZURE_OPENAI_ENDPOINT'],
    settings,
    headers: authorization,
    probe: azureProbe(authorization),
    modelHint:
      "Name its deployment in the client, openai.azure({ deployment: '…' }), or as `model` of the call.",
    modelOf: (call) => deploymentOf(call, settings),
    path: (route, target, deployment) => azurePath(route, target, deployment, apiVersion),
    ...(typeof entraToken === 'function' && {
      async sign(request, _target, { simulated }) {
        if (simulated) return request
        return { ...request, headers: { ...request.headers, authorization: `Bearer ${await entraToken()}` } }
      },
    }),
  }
}

function authorizationOf({ apiKey, entraToken }: AzureSettings): Headers {
  if (typeof entraToken === 'string') return { authorization: `Bearer ${entraToken}` }
  const key = apiKey ?? process.env['AZURE_OPENAI_API_KEY'] ?? ''
  return entraToken === undefined && key !== '' ? { 'api-key': key } : {}
}

/** Core has filled in the client's model, which says nothing about the call's own will. */
function deploymentOf(call: Call, { deployment, model }: AzureSettings): string | undefined {
  return call.model === undefined || call.model === model ? (deployment ?? model) : call.model
}

/**
 * The classic API has its deployments in the path and its version in the query; the v1 API has neither, and
 * is the only one with responses.
 */
function azurePath(route: Route, target: URL, deployment: string, apiVersion: string): string {
  const base = azureBase(target.pathname)
  if (apiVersion === '' || route === 'responses') return `${base}/openai/v1/${route}${target.search}`
  const query = new URLSearchParams(target.search)
  if (!query.has('api-version')) query.set('api-version', apiVersion)
  return `${base}/openai/deployments/${encodeURIComponent(deployment)}/${route}?${query.toString()}`
}
