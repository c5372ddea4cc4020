import type { Dialect } from '../dialect.ts'
import type { AnyProtocol } from '../protocol.ts'
import { chat } from './chat.ts'
import { completion } from './completion.ts'
import { embeddings } from './embeddings.ts'
import { responses } from './responses.ts'

/** Azure's paths: the classic ones name the deployment, those of the v1 API are OpenAI's own. */
export const AZURE_ROUTES: Dialect['routes'] = {
  '/openai/deployments/{deployment}/chat/completions': { POST: ofDeployment(chat) },
  '/openai/deployments/{deployment}/completions': { POST: ofDeployment(completion) },
  '/openai/deployments/{deployment}/embeddings': { POST: ofDeployment(embeddings) },
  '/openai/v1/chat/completions': { POST: chat },
  '/openai/v1/completions': { POST: completion },
  '/openai/v1/embeddings': { POST: embeddings },
  '/openai/v1/responses': { POST: responses },
}

/** The deployment is the model, whatever the body says. */
function ofDeployment<P extends AnyProtocol>(protocol: P): P {
  return {
    ...protocol,
    read(body, request) {
      const ask = protocol.read(body, request)
      const model = decodeURIComponent(request.path.split('/')[3] ?? '')
      return 'complaint' in ask ? ask : { ...ask, model }
    },
  }
}
