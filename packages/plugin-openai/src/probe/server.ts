import { isText, type ProbeAnswers } from 'loadbench/plugin'
import { fieldOf } from './field.ts'
import { hostedAt } from './hosted.ts'
import { listedModels } from './models.ts'

/** Servers by what they call the owner of their models. */
const BY_OWNER: ReadonlyMap<string | undefined, string> = new Map([
  ['loadbench', 'simulator'],
  ['vllm', 'vllm'],
  ['sglang', 'sglang'],
  ['easy-model-deployer', 'emd'],
])

/** Servers by how the names of their metrics begin: these are seen through a router too. */
const BY_METRIC: readonly (readonly [RegExp, string])[] = [
  [/^vllm:/m, 'vllm'],
  [/^sglang:/m, 'sglang'],
  [/^tgi_/m, 'tgi'],
]

/** The server that gave these answers; `undefined` where none of them gives it away. */
export function serverAt(answers: ProbeAnswers, target: URL): string | undefined {
  const listed = listedModels(answers['models'])
  const atKserve = listedModels(answers['kserve-models'])
  const owner = (listed ?? atKserve)?.map((model) => BY_OWNER.get(model.owner)).find(isText)
  return (
    hostedAt(target) ??
    owner ??
    byRoute(answers) ??
    byMetrics(answers) ??
    (listed === undefined && atKserve !== undefined ? 'kserve' : undefined)
  )
}

function byRoute(answers: ProbeAnswers): string | undefined {
  if (fieldOf(answers['info'], 'router') === 'text-generation-router') return 'tgi'
  if (isText(fieldOf(answers['model-info'], 'model_path'))) return 'sglang'
  return isText(fieldOf(answers['ollama-version'], 'version')) ? 'ollama' : undefined
}

function byMetrics({ metrics }: ProbeAnswers): string | undefined {
  return metrics?.status === 200 ? BY_METRIC.find(([name]) => name.test(metrics.body))?.[1] : undefined
}
