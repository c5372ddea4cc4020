import { errorReply } from '../aws/errors.ts'
import type { Refusal } from '../faults.ts'
import type { Reply } from '../protocol.ts'

const REFUSED: Readonly<Record<Refusal, { status: number; type: string; message: string }>> = {
  'rate-limit': {
    status: 429,
    type: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
  },
  'server-error': {
    status: 500,
    type: 'InternalServerException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  },
  overloaded: {
    status: 503,
    type: 'ServiceUnavailableException',
    message: 'Bedrock is unable to process your request.',
  },
  'bad-request': { status: 400, type: 'ValidationException', message: 'The request is not valid.' },
  auth: {
    status: 403,
    type: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  'model-not-found': {
    status: 404,
    type: 'ResourceNotFoundException',
    message: 'Could not resolve the foundation model from the provided model identifier.',
  },
  'context-length': {
    status: 400,
    type: 'ValidationException',
    message: 'Input is too long for requested model.',
  },
}

/** An error as Bedrock answers it. It never says when to come again. */
export function refuse(refusal: Refusal, _settings: unknown, message?: string): Reply {
  const error = REFUSED[refusal]
  return errorReply({ ...error, message: message ?? error.message })
}
