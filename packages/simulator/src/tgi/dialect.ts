import type { Backend } from '../backend.ts'
import type { Dialect } from '../dialect.ts'
import { openaiRoutes } from '../openai/routes.ts'
import { EMPTY, jsonReply } from '../protocol.ts'
import { DEFAULT_MODEL } from '../settings.ts'
import { VERSION } from '../version.ts'
import { compat, generate, generateStream } from './generate.ts'

/** Hugging Face's Text Generation Inference. Its OpenAI routes answer as an OpenAI-compatible server does. */
export function tgi({ settings }: Backend): Dialect {
  const model = settings.models?.[0] ?? DEFAULT_MODEL
  const health = { GET: () => EMPTY }
  return {
    routes: {
      '/': { POST: compat, ...health },
      '/generate': { POST: generate },
      '/generate_stream': { POST: generateStream },
      '/info': {
        GET: () => jsonReply(200, { ...info(model), max_concurrent_requests: settings.slots ?? 128 }),
      },
      '/health': health,
      '/ping': health,
      ...openaiRoutes(settings, model),
    },
    unknownRoute: () => ({ ...EMPTY, status: 404 }),
    wrongMethod: (_method, _path, allow) => ({ ...EMPTY, status: 405, headers: { allow } }),
  }
}

function info(model: string) {
  return {
    model_id: model,
    model_sha: null,
    model_pipeline_tag: 'text-generation',
    max_best_of: 2,
    max_stop_sequences: 4,
    max_input_tokens: 4_095,
    max_total_tokens: 4_096,
    validation_workers: 2,
    max_client_batch_size: 4,
    router: 'text-generation-router',
    version: VERSION,
    sha: null,
    docker_label: null,
  }
}
