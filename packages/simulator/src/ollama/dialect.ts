import type { Backend } from '../backend.ts'
import type { Dialect } from '../dialect.ts'
import { embeddings } from '../openai/embeddings.ts'
import { responses } from '../openai/responses.ts'
import { openaiRoutes } from '../openai/routes.ts'
import { jsonReply, type Reply } from '../protocol.ts'
import { VERSION } from '../version.ts'
import { running, show, tags } from './catalogue.ts'
import { embed } from './embed.ts'
import { chat, generate } from './generation.ts'

/** Ollama. Its OpenAI routes answer as an OpenAI-compatible server does. */
export function ollama(backend: Backend): Dialect {
  const version = () => jsonReply(200, { version: VERSION })
  const listed = () => tags(backend)
  return {
    routes: {
      '/': { GET: greet, HEAD: greet },
      '/api/chat': { POST: chat },
      '/api/generate': { POST: generate },
      '/api/embed': { POST: embed },
      '/api/version': { GET: version, HEAD: version },
      '/api/tags': { GET: listed, HEAD: listed },
      '/api/ps': { GET: () => running(backend) },
      '/api/show': { POST: (request) => show(backend, request) },
      ...openaiRoutes(backend.settings, 'library'),
      '/v1/embeddings': { POST: embeddings },
      '/v1/responses': { POST: responses },
    },
    unknownRoute: () => plain(404, '404 page not found'),
    wrongMethod: () => plain(405, '405 method not allowed'),
  }
}

function greet(): Reply {
  return plain(200, 'Ollama is running')
}

function plain(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
