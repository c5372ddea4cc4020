import { unknownOperation } from '../aws/errors.ts'
import type { Backend } from '../backend.ts'
import type { Dialect } from '../dialect.ts'
import { converse } from './converse.ts'
import { invoke } from './invoke.ts'
import { modelLists } from './models.ts'

/** AWS Bedrock: the runtime, and of the control plane the lists of models. */
export function bedrock({ settings }: Backend): Dialect {
  const { foundationModels, inferenceProfiles } = modelLists(settings)
  return {
    routes: {
      '/model/{id}/converse': { POST: converse(false) },
      '/model/{id}/converse-stream': { POST: converse(true) },
      '/model/{id}/invoke': { POST: invoke(false) },
      '/model/{id}/invoke-with-response-stream': { POST: invoke(true) },
      '/model/{id}/{operation}': { GET: unknownOperation, POST: unknownOperation },
      '/foundation-models': { GET: foundationModels },
      '/inference-profiles': { GET: inferenceProfiles },
    },
    unknownRoute: unknownOperation,
    wrongMethod: unknownOperation,
  }
}
