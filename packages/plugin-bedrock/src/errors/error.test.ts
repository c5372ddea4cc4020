import fc from 'fast-check'
import type { Frame } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { readHttpError, readStreamException, type ErrorContext } from './error.ts'

const BEDROCK: ErrorContext = {
  service: 'bedrock',
  action: 'bedrock:InvokeModelWithResponseStream',
  resource: 'amazon.nova-pro-v1:0',
}
const SAGEMAKER: ErrorContext = {
  service: 'sagemaker',
  action: 'sagemaker:InvokeEndpoint',
  resource: 'my-endpoint',
}

function over(status: number, type: string | undefined, message: string, context = BEDROCK) {
  const headers: Record<string, string> =
    type === undefined ? {} : { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` }
  return readHttpError({ status, headers }, JSON.stringify({ message }), context)
}

function inStream(type: string, payload: object, context = BEDROCK) {
  const frame: Frame = {
    data: JSON.stringify(payload),
    headers: { ':message-type': 'exception', ':exception-type': type },
  }
  return readStreamException(frame, context)
}

describe('errors over HTTP', () => {
  // `undefined`: the class is that of the status.
  it.each([
    [
      403,
      'AccessDeniedException',
      'User: arn:aws:iam::1:user/u is not authorized to perform: bedrock:InvokeModelWithResponseStream',
      'auth',
      /bedrock:InvokeModelWithResponseStream on "amazon\.nova-pro-v1:0".*aws sts get-caller-identity/,
    ],
    [
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
      'auth',
      /Model access/,
    ],
    [
      403,
      'AccessDeniedException',
      'Authentication failed: Please make sure your API Key is valid.',
      'auth',
      /AWS_BEARER_TOKEN_BEDROCK/,
    ],
    [403, 'AccessDeniedException', 'Bearer Token has expired', 'auth', /12 hours/],
    [
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      'auth',
      /AWS_SESSION_TOKEN/,
    ],
    [
      403,
      'ExpiredTokenException',
      'The security token included in the request is expired',
      'auth',
      /sso login/,
    ],
    [
      403,
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
      'auth',
      /region/,
    ],
    [403, 'SignatureDoesNotMatch', 'no', 'auth', /secret key/],
    [
      403,
      'InvalidSignatureException',
      'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z',
      'auth',
      /clock/,
    ],
    [
      429,
      'ThrottlingException',
      'Too many tokens, please wait before trying again.',
      'rate_limited',
      /maxTokens/,
    ],
    [429, 'TooManyRequestsException', 'Too many requests', 'rate_limited', /maxTokens/],
    [400, 'ServiceQuotaExceededException', 'quota', 'rate_limited', /Service Quotas/],
    [429, 'ModelNotReadyException', 'Model is not ready for inference.', 'overloaded', /being loaded/],
    [
      503,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request.',
      'overloaded',
      /unable/,
    ],
    [
      400,
      'ValidationException',
      'The provided model identifier is invalid.',
      'model_not_found',
      /list-foundation-models/,
    ],
    [
      404,
      'ResourceNotFoundException',
      'Could not resolve the foundation model',
      'model_not_found',
      /account and region/,
    ],
    [
      404,
      'ResourceNotFoundException',
      'This model version has reached the end of its life.',
      'model_not_found',
      /list-foundation-models/,
    ],
    [
      400,
      'ValidationException',
      'Invocation of model ID amazon.nova-pro-v1:0 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      undefined,
      /inference profile, such as "us\.amazon\.nova-pro-v1:0"/,
    ],
    [400, 'ValidationException', 'Input is too long for requested model.', 'context_length', /too long/],
    [
      400,
      'ValidationException',
      'prompt is too long: 210000 tokens > 200000 maximum',
      'context_length',
      /210000/,
    ],
    [
      400,
      'ValidationException',
      'Too many input tokens. Max input tokens: 8192, request input token count: 9000',
      'context_length',
      /8192/,
    ],
    [
      400,
      'ValidationException',
      'The maximum tokens you requested exceeds the model limit of 8192.',
      undefined,
      /8192/,
    ],
    [
      400,
      'ValidationException',
      'This request has been blocked by our content filters.',
      'content_filter',
      /blocked/,
    ],
    [
      400,
      'ValidationException',
      'Malformed input request: #: required key [messages] not found',
      undefined,
      /Malformed/,
    ],
    [408, 'ModelTimeoutException', 'Model timed out', undefined, /fewer tokens/],
    [424, 'ModelErrorException', 'The model failed', undefined, /failed/],
    [500, 'InternalServerException', 'oops', undefined, /oops/],
  ])('%i %s: %s', (status, type, message, expected, advice) => {
    const error = over(status, type, message)
    expect(error).toMatchObject({ type: 'error', code: type })
    expect(error.class).toBe(expected)
    expect(error.message.startsWith(message.slice(0, 20))).toBe(true)
    expect(error.message).toMatch(advice)
  })

  it.each([
    ['us.amazon.nova-pro-v1:0', true],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-pro-v1:0', true],
    ['arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', true],
    ['amazon.nova-pro-v1:0', false],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', false],
  ])('permission for %s takes more than itself: %s', (resource, further) => {
    const { message } = over(403, 'AccessDeniedException', 'no', { ...BEDROCK, resource })
    expect(message.includes('each of its regions')).toBe(further)
  })
})

describe('where the type stands', () => {
  it.each([
    [
      'the header',
      { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/' },
      '{"message":"m"}',
    ],
    [
      'the body, with a namespace',
      {},
      '{"__type":"com.amazon.coral.service#ThrottlingException","Message":"m"}',
    ],
    ['the body, as a code', {}, '{"code":"ThrottlingException","message":"m"}'],
  ])('%s', (_, headers, body) => {
    const error = readHttpError({ status: 429, headers }, body, BEDROCK)
    expect(error).toMatchObject({ class: 'rate_limited', code: 'ThrottlingException' })
    expect(error.message).toMatch(/^m\. Bedrock reserves/)
  })

  it.each([
    ['<html><head><title>502 Bad Gateway</title></head></html>', '502 Bad Gateway'],
    ['upstream connect error', 'upstream connect error'],
    ['', 'HTTP 502 with an empty body'],
    ['[]', '[]'],
    ['{}', 'HTTP 502 with an empty body'],
  ])('nowhere: %s', (body, message) => {
    expect(readHttpError({ status: 502, headers: {} }, body, BEDROCK)).toEqual({ type: 'error', message })
  })
})

describe('errors of SageMaker', () => {
  it.each([
    [
      400,
      'ValidationError',
      'Endpoint my-endpoint of account 123 not found.',
      'model_not_found',
      /list-endpoints/,
    ],
    [400, 'ThrottlingException', 'Rate exceeded', 'rate_limited', /Rate exceeded$/],
    [429, 'ModelNotReadyException', 'not yet', 'overloaded', /being loaded/],
    [503, 'ServiceUnavailable', 'no', 'overloaded', /no/],
    [530, 'InternalDependencyException', 'no', undefined, /no/],
    [403, 'AccessDeniedException', 'no', 'auth', /sagemaker:InvokeEndpoint on "my-endpoint"/],
  ])('%i %s: %s', (status, type, message, expected, advice) => {
    const error = over(status, type, message, SAGEMAKER)
    expect(error.class).toBe(expected)
    expect(error.message).toMatch(advice)
  })

  it.each([
    [400, "This model's maximum context length is 4096 tokens", 'context_length'],
    [422, '`inputs` must have less than 1024 tokens. Given: 2000', 'context_length'],
    [429, 'Model is overloaded', 'rate_limited'],
    [503, 'no workers', 'overloaded'],
    [500, 'CUDA out of memory', 'http_5xx'],
    [422, 'unknown field', undefined],
  ])("424 with the container's %i: %s", (status, message, expected) => {
    const body = {
      Message: `Received client error (${status}) from primary`,
      OriginalMessage: message,
      OriginalStatusCode: status,
      LogStreamArn: 'arn:aws:logs:us-east-1:1:log-group:/aws/sagemaker/Endpoints/my-endpoint',
      ErrorCode: 'CLIENT_ERROR_FROM_MODEL',
    }
    const head = { status: 424, headers: { 'x-amzn-errortype': 'ModelError' } }
    const error = readHttpError(head, JSON.stringify(body), SAGEMAKER)
    expect(error).toMatchObject({ code: 'ModelError' })
    expect(error.class).toBe(expected)
    expect(error.message).toContain(`container answered ${status}: ${message}`)
    expect(error.message).toContain('Its log: arn:aws:logs')
  })
})

describe('a message', () => {
  it.each([
    ['{"error":{"message":"bad prompt","type":"invalid_request_error"}}', 'bad prompt'],
    ['{"object":"error","message":"bad prompt"}', 'bad prompt'],
    ['{"error":"bad prompt","error_type":"validation"}', 'bad prompt'],
    ['{"detail":"bad prompt"}', 'bad prompt'],
    ['[1]', '[1]'],
    ['plain', 'plain'],
  ])('of a container is taken out of its own form: %s', (OriginalMessage, expected) => {
    const body = JSON.stringify({ Message: 'no', OriginalMessage, OriginalStatusCode: 400 })
    expect(readHttpError({ status: 424, headers: {} }, body, SAGEMAKER).message).toBe(
      `the model's container answered 400: ${expected}`,
    )
  })

  it("of a container keeps the class its code tells, whatever its words: vLLM's context_length_exceeded", () => {
    const OriginalMessage = '{"error":{"message":"Too much.","code":"context_length_exceeded"}}'
    const body = JSON.stringify({ Message: 'no', OriginalMessage, OriginalStatusCode: 400 })
    expect(readHttpError({ status: 424, headers: {} }, body, SAGEMAKER).class).toBe('context_length')
  })

  it('of a signature that does not fit leaves out what AWS signed', () => {
    const { message } = over(403, 'InvalidSignatureException', 'No match.\n\nThe Canonical String …\n\nmore')
    expect(message).toMatch(/^No match\. Is the secret key/)
  })
})

describe('exceptions in a stream', () => {
  it.each([
    ['throttlingException', { message: 'Too many requests' }, 'rate_limited'],
    ['serviceUnavailableException', { message: 'no' }, 'overloaded'],
    ['internalServerException', { message: 'no' }, undefined],
    ['modelTimeoutException', { message: 'too slow' }, undefined],
    ['validationException', { message: 'Input is too long' }, 'context_length'],
    [
      'modelStreamErrorException',
      { message: 'no', originalStatusCode: 429, originalMessage: 'busy' },
      'rate_limited',
    ],
    [
      'modelStreamErrorException',
      { message: 'no', originalStatusCode: 500, originalMessage: 'crash' },
      undefined,
    ],
    ['ModelStreamError', { Message: 'no', ErrorCode: 'StreamBroken' }, undefined],
  ])('%s %j', (type, payload, expected) => {
    const error = inStream(type, payload)
    expect(error).toMatchObject({ type: 'error', code: type })
    expect(error?.class).toBe(expected)
  })

  it('may be errors with their text in the headers', () => {
    const headers = {
      ':message-type': 'error',
      ':error-code': 'InternalFailure',
      ':error-message': 'it broke',
    }
    expect(readStreamException({ data: '', headers }, BEDROCK)).toEqual({
      type: 'error',
      code: 'InternalFailure',
      message: 'it broke',
    })
  })

  it('are not events, nor frames without headers', () => {
    expect(
      readStreamException({ data: '{}', event: 'chunk', headers: { ':message-type': 'event' } }, BEDROCK),
    ).toBeUndefined()
    expect(readStreamException({ data: '{}' }, BEDROCK)).toBeUndefined()
  })
})

describe('anything', () => {
  it('is read without a throw, in bounded length', () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.constant('x'.repeat(100_000)))
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        text,
        fc.option(fc.string(), { nil: undefined }),
        (status, body, type) => {
          const headers: Record<string, string> = type === undefined ? {} : { 'x-amzn-errortype': type }
          const { message } = readHttpError({ status, headers }, body, BEDROCK)
          expect(message.length).toBeGreaterThan(0)
          expect(message.length).toBeLessThan(1_000)
        },
      ),
    )
  })
})
