import type { Backend } from '../backend.ts'
import type { Dialect } from '../dialect.ts'
import { EMPTY, jsonReply } from '../protocol.ts'
import { VERSION } from '../version.ts'
import { AZURE_ROUTES } from './azure.ts'
import { embeddings } from './embeddings.ts'
import { unknownRoute, wrongMethod } from './errors.ts'
import { responses } from './responses.ts'
import { openaiRoutes } from './routes.ts'

/** An OpenAI-compatible server. */
export function openai({ settings }: Backend): Dialect {
  return {
    routes: {
      ...openaiRoutes(settings, 'loadbench'),
      ...AZURE_ROUTES,
      '/v1/embeddings': { POST: embeddings },
      '/v1/responses': { POST: responses },
      '/health': { GET: () => EMPTY },
      '/version': { GET: () => jsonReply(200, { version: VERSION }) },
    },
    unknownRoute,
    wrongMethod,
  }
}
