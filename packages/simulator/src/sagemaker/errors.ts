import { errorReply } from '../aws/errors.ts'
import type { Refusal } from '../faults.ts'
import { chat } from '../openai/chat.ts'
import type { Reply } from '../protocol.ts'
import type { Behaviour } from '../schema.ts'
import type { InvocationAsk } from './invocation.ts'

type OwnRefusal = Exclude<Refusal, 'server-error' | 'bad-request' | 'context-length'>

/** What SageMaker answers itself. */
const REFUSED: Readonly<Record<OwnRefusal, { status: number; type: string; message: string }>> = {
  'rate-limit': { status: 429, type: 'ThrottlingException', message: 'Rate exceeded' },
  overloaded: { status: 503, type: 'ServiceUnavailable', message: 'The service is currently unavailable.' },
  auth: {
    status: 403,
    type: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  'model-not-found': {
    status: 400,
    type: 'ValidationError',
    message: 'Endpoint of account 123456789012 not found.',
  },
}

/** An error as SageMaker answers it: its own, or the container's in a ModelError. */
export function refuse(
  refusal: Refusal,
  settings: Pick<Behaviour, 'retryAfter'>,
  message?: string,
  ask?: InvocationAsk,
): Reply {
  if (refusal !== 'server-error' && refusal !== 'bad-request' && refusal !== 'context-length') {
    const error = REFUSED[refusal]
    const words = message ?? error.message
    return errorReply({ ...error, message: words }, { Message: words })
  }
  const { inner = chat } = ask ?? {}
  return modelError(inner.refuse(refusal, settings, message, ask && { ...ask, streamed: false }))
}

function modelError({ status, body }: Reply): Reply {
  const side = status < 500 ? 'client' : 'server'
  const message = `Received ${side} error (${status}) from primary with message "${body}".`
  return errorReply(
    { status: 424, type: 'ModelError', message },
    {
      ErrorCode: `${side.toUpperCase()}_ERROR_FROM_MODEL`,
      LogStreamArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/simulated',
      Message: message,
      OriginalMessage: body,
      OriginalStatusCode: status,
    },
  )
}
