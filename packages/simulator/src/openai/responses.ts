import type { Protocol } from '../protocol.ts'
import { refuse } from './errors.ts'
import { responseBody } from './response-items.ts'
import { ResponseStream } from './response-stream.ts'
import { readResponses } from './response-request.ts'

/** `POST /v1/responses`. */
export const responses: Protocol = {
  idPrefix: 'resp_',
  read: readResponses,
  stream: (answer, facts) => new ResponseStream(answer, facts),
  whole: (answer, facts) => JSON.stringify(responseBody(answer, facts, true)),
  refuse,
}
