import { isObject, isText, type ProbeAnswers } from 'loadbench/plugin'

type Value = string | number | boolean
type Configuration = Readonly<Record<string, Value>>

/**
 * Settings of SGLang that change what a measurement means. Chosen one by one: its answer holds all of them,
 * its API key too.
 */
const SGLANG = [
  'model_path',
  'tokenizer_path',
  'weight_version',
  'dtype',
  'quantization',
  'kv_cache_dtype',
  'context_length',
  'tp_size',
  'pp_size',
  'dp_size',
  'ep_size',
  'mem_fraction_static',
  'max_total_num_tokens',
  'max_running_requests',
  'max_queued_requests',
  'max_prefill_tokens',
  'chunked_prefill_size',
  'page_size',
  'schedule_policy',
  'schedule_conservativeness',
  'attention_backend',
  'sampling_backend',
  'disable_radix_cache',
  'disable_cuda_graph',
  'disable_overlap_schedule',
  'enable_torch_compile',
  'enable_hierarchical_cache',
  'speculative_algorithm',
  'speculative_num_steps',
  'speculative_num_draft_tokens',
  'disaggregation_mode',
  'stream_interval',
]

/** How the engine runs, in its own names; `undefined` where it does not tell. */
export function configurationOf(
  answers: ProbeAnswers,
  server: string | undefined,
): Configuration | undefined {
  const found =
    server === 'sglang' ? sglang(answers) : server === 'vllm' ? vllm(answers['metrics']?.body ?? '') : {}
  return Object.keys(found).length === 0 ? undefined : found
}

function sglang(answers: ProbeAnswers): Configuration {
  const told = ['model-info', 'older-server-info', 'server-info']
    .map((name) => answers[name]?.json)
    .filter(isObject)
  const all = Object.assign({}, ...told) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    SGLANG.flatMap((name) => {
      const value = all[name]
      const known = isText(value) || typeof value === 'number' || typeof value === 'boolean'
      return known ? [[name, value]] : []
    }),
  )
}

/** vLLM tells its cache's configuration as the labels of a metric. Of several engines, the first. */
function vllm(metrics: string): Configuration {
  const [, labels = ''] = /^vllm:cache_config_info\{(.*)\}/m.exec(metrics) ?? []
  return Object.fromEntries(
    [...labels.matchAll(/(\w+)="([^"]*)"/g)].flatMap(([, name = '', text = '']): [string, Value][] => {
      const value = readLabel(text)
      return value === undefined || name === 'engine' ? [] : [[name, value]]
    }),
  )
}

/** A label as Python writes its values. */
function readLabel(text: string): Value | undefined {
  if (text === '' || text === 'None') return undefined
  if (text === 'True' || text === 'False') return text === 'True'
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
