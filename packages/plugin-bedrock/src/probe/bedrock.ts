import {
  isObject,
  isText,
  type JsonObject,
  type Probe,
  type ProbeAnswer,
  type ServedModel,
} from 'loadbench/plugin'
import { regionInHost } from '../signing/region.ts'

/** A host of Bedrock's runtime, its own name or that of a VPC endpoint. */
const RUNTIME_HOST = /(^|\.)bedrock-runtime(?=[.-])/

/**
 * Bedrock's runtime tells nothing about itself; the control plane beside it lists models and inference
 * profiles (ListFoundationModels, ListInferenceProfiles). Elsewhere than at AWS the same origin is asked, and
 * known without keys by refusing the list while it does not know what Bedrock does not have: API Gateway
 * refuses both.
 */
export const bedrockProbe: Probe = {
  requests: (target) => {
    const origin = controlPlane(target)
    return [
      { name: 'models', url: `${origin}/foundation-models` },
      { name: 'profiles', url: `${origin}/inference-profiles?maxResults=1000` },
      { name: 'nothing', url: `${origin}/` },
    ]
  },
  identify: ({ models, profiles, nothing }, target) => {
    const region = regionInHost(target.hostname)
    const atAws = region !== undefined && RUNTIME_HOST.test(target.hostname)
    const listed = listIn(models, 'modelSummaries')
    const locked = models?.status === 401 || models?.status === 403
    const known = atAws
      ? (models?.status ?? 0) > 0
      : locked && errorOf(models) !== '' && errorOf(nothing).startsWith('UnknownOperationException')
    if (listed === undefined && !known) return undefined
    const list = servedModels(listed, listIn(profiles, 'inferenceProfileSummaries'))
    return {
      server: 'bedrock',
      ...(list === undefined ? {} : { models: list }),
      ...(atAws ? { configuration: { region } } : {}),
      ...(locked ? { locked } : {}),
    }
  },
}

function controlPlane(target: URL): string {
  if (regionInHost(target.hostname) === undefined) return target.origin
  return `${target.protocol}//${target.host.replace(RUNTIME_HOST, '$1bedrock')}`
}

/** What AWS calls an error; `''` for one that is not AWS's. */
function errorOf(answer: ProbeAnswer | undefined): string {
  return answer?.headers['x-amzn-errortype'] ?? ''
}

/** The list an answer holds, if it holds all of it. */
function listIn(answer: ProbeAnswer | undefined, name: string): readonly JsonObject[] | undefined {
  if (answer?.status !== 200 || !isObject(answer.json) || isText(answer.json['nextToken'])) return undefined
  const list = answer.json[name]
  return Array.isArray(list) ? list.filter(isObject) : undefined
}

/** Half of what can be called would make a model in the other half look missing. */
function servedModels(
  models: readonly JsonObject[] | undefined,
  profiles: readonly JsonObject[] | undefined,
): readonly ServedModel[] | undefined {
  if (models === undefined || profiles === undefined) return undefined
  return [
    ...models.flatMap((one) =>
      served(one, 'modelId', 'modelArn', { name: one['modelName'], provider: one['providerName'] }),
    ),
    ...profiles.flatMap((one) =>
      served(one, 'inferenceProfileId', 'inferenceProfileArn', {
        name: one['inferenceProfileName'],
        type: one['type'],
        status: one['status'],
      }),
    ),
  ]
}

function served(
  told: JsonObject,
  idField: string,
  arnField: string,
  further: Readonly<Record<string, unknown>>,
): readonly ServedModel[] {
  const { [idField]: id, [arnField]: arn } = told
  if (!isText(id)) return []
  const details: Record<string, string> = {}
  for (const name in further) if (isText(further[name])) details[name] = further[name]
  return [{ id, ...(isText(arn) ? { aliases: [arn] } : {}), details }]
}
