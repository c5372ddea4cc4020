import { randomUUID } from 'node:crypto'
import { jsonReply, type Reply } from '../protocol.ts'

/** An error as AWS names it. */
export interface AwsError {
  readonly status: number
  /** `ValidationException` */
  readonly type: string
  readonly message: string
}

/** An HTTP error. Its type stands in a header, before a colon and an address; `body`: in place of the usual one. */
export function errorReply({ status, type, message }: AwsError, body: object = { message }): Reply {
  return jsonReply(status, body, {
    'x-amzn-requestid': randomUUID(),
    'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.coral.service/`,
  })
}

/** Something asked for that the service does not have. */
export function unknownOperation(): Reply {
  return jsonReply(
    404,
    {
      Output: { __type: 'com.amazon.coral.service#UnknownOperationException', message: null },
      Version: '1.0',
    },
    { 'x-amzn-requestid': randomUUID(), 'x-amzn-errortype': 'UnknownOperationException' },
  )
}
