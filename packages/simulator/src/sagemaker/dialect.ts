import { unknownOperation } from '../aws/errors.ts'
import type { Dialect } from '../dialect.ts'
import type { Reply } from '../protocol.ts'
import { invocation } from './invocation.ts'

/** The runtime of AWS SageMaker: endpoints of any name, whose ends say what container stands behind them. */
export function sagemaker(): Dialect {
  return {
    routes: {
      '/endpoints/{name}/invocations': { POST: invocation(false) },
      '/endpoints/{name}/invocations-response-stream': { POST: invocation(true) },
      '/endpoints/{name}/{operation}': { GET: unknown, POST: unknown },
    },
    unknownRoute: unknown,
    wrongMethod: unknown,
  }
}

/** SageMaker has nothing that tells who it is: the simulator says it of itself, so that it can be found. */
function unknown(): Reply {
  const reply = unknownOperation()
  return { ...reply, headers: { ...reply.headers, server: 'loadbench-simulator (sagemaker)' } }
}
