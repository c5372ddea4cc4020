import type { Dialect } from '../dialect.ts'
import { authorized } from '../order.ts'
import type { Settings } from '../schema.ts'
import { chat } from './chat.ts'
import { completion } from './completion.ts'
import { refuse } from './errors.ts'
import { modelList } from './models.ts'

/** What every OpenAI-compatible server has under `/v1`, other servers too. `owner`: whose the models are. */
export function openaiRoutes(settings: Settings, owner: string): Dialect['routes'] {
  return {
    '/v1/chat/completions': { POST: chat },
    '/v1/completions': { POST: completion },
    '/v1/models': {
      GET: ({ headers }) =>
        authorized(settings, headers) ? modelList(settings.models, owner) : refuse('auth', settings),
    },
  }
}
