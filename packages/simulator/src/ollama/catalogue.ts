import type { Backend } from '../backend.ts'
import { now } from '../clock.ts'
import { jsonReply, type Inquiry, type Reply } from '../protocol.ts'
import { DEFAULT_MODEL } from '../settings.ts'
import { refuse } from './errors.ts'

const DETAILS = {
  parent_model: '',
  format: 'gguf',
  family: 'llama',
  families: ['llama'],
  parameter_size: '8.0B',
  quantization_level: 'Q4_K_M',
}
const SIZE = 4_920_753_328
const CONTEXT_LENGTH = 4_096
/** What Ollama tells of a model that stays for ever is as far away. */
const NEVER = Date.UTC(2300, 0)

function modelOf(name: string) {
  return { name, model: name, size: SIZE, digest: '0'.repeat(64), details: DETAILS }
}

/** `GET /api/tags`: the models there are. */
export function tags({ settings: { models = [DEFAULT_MODEL] } }: Backend): Reply {
  const modified = new Date(0).toISOString()
  return jsonReply(200, { models: models.map((name) => ({ ...modelOf(name), modified_at: modified })) })
}

/** `GET /api/ps`: those in memory, wholly on the GPU. */
export function running({ memory }: Backend): Reply {
  const time = now()
  const models = memory.list(time).map(({ name, until }) => ({
    ...modelOf(name),
    expires_at: new Date(Math.min(NEVER, Date.now() + until - time)).toISOString(),
    size_vram: SIZE,
    context_length: CONTEXT_LENGTH,
  }))
  return jsonReply(200, { models })
}

/** `POST /api/show`: what is known of one. */
export function show({ settings }: Backend, { body }: Inquiry): Reply {
  const name = modelAsked(body.toString())
  if (name === undefined) return refuse('bad-request', undefined, 'model is required')
  if (settings.models?.includes(name) === false)
    return refuse('model-not-found', undefined, `model '${name}' not found`)
  return jsonReply(200, {
    modelfile: '',
    parameters: '',
    template: '{{ .Prompt }}',
    details: DETAILS,
    model_info: {
      'general.architecture': DETAILS.family,
      'general.parameter_count': 8_000_000_000,
      'llama.context_length': CONTEXT_LENGTH,
      'llama.embedding_length': settings.dimensions,
    },
    capabilities: ['completion', 'tools', 'thinking', 'embedding'],
    modified_at: new Date(0).toISOString(),
  })
}

function modelAsked(text: string): string | undefined {
  try {
    const { model, name = model } = Object(JSON.parse(text)) as { model?: unknown; name?: unknown }
    return typeof name === 'string' && name !== '' ? name : undefined
  } catch {
    return undefined
  }
}
