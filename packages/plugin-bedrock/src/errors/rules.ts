import type { ErrorClass } from 'loadbench/plugin'

/** Which call failed: what advice is about. */
export interface ErrorContext {
  readonly service: 'bedrock' | 'sagemaker'
  /** The IAM action the call needs: `bedrock:InvokeModelWithResponseStream`. */
  readonly action: string
  /** The model or the endpoint, as the call named it. */
  readonly resource: string
}

/** What an error means, and what a person can do about it. */
export interface Rule {
  /** Codes it is for: lower case, without `exception`. Left out: any. */
  readonly codes?: readonly string[]
  /** What its message, or the code the container gave, contains. Left out: anything. */
  readonly says?: RegExp
  readonly service?: ErrorContext['service']
  /** Left out: the class of the HTTP status, or `stream_error` inside a stream. */
  readonly class?: ErrorClass
  readonly advice?: (context: ErrorContext) => string
}

/** The first that fits is taken: words before codes, since one code stands for many things. */
export const RULES: readonly Rule[] = [
  {
    says: /model identifier is invalid|end of its life|model (is )?not found|does not support this model/i,
    service: 'bedrock',
    class: 'model_not_found',
    advice: ({ resource }) =>
      `Is "${resource}" the id of a model, or of an inference profile, in this region? \`aws bedrock list-foundation-models\` and \`list-inference-profiles\` name them.`,
  },
  {
    says: /on-demand throughput isn.t supported/i,
    advice: ({ resource }) =>
      `Call it through an inference profile, such as "us.${resource}"; \`aws bedrock list-inference-profiles\` names them.`,
  },
  {
    says: /access to the model|model access/i,
    service: 'bedrock',
    class: 'auth',
    advice: ({ resource }) =>
      `Ask for access to "${resource}" under "Model access" in the Bedrock console of this region.`,
  },
  {
    says: /\b(input|prompt|text)s?\b.{0,20} too long|too many input tokens|maximum (number of )?input tokens|context (length|window)|must have less than \d+ tokens|context_length_exceeded|inputs` tokens \+ `max_new_tokens/i,
    class: 'context_length',
  },
  { says: /blocked by our content filter/i, class: 'content_filter' },
  {
    says: /signature (expired|not yet current)|request has expired/i,
    class: 'auth',
    advice: () => "A signature is good for about five minutes: check this machine's clock.",
  },
  {
    says: /(api key|bearer token).*(expired|valid)|(expired|invalid) (api key|bearer token)/i,
    class: 'auth',
    advice: () =>
      'Make a new Bedrock API key and put it into AWS_BEARER_TOKEN_BEDROCK. Short-term keys live up to 12 hours and belong to one region.',
  },
  {
    codes: ['expiredtoken', 'expiredtokenid', 'requestexpired'],
    class: 'auth',
    advice: () => 'Sign in again, for example with `aws sso login`, and start the run anew.',
  },
  {
    codes: ['unrecognizedclient', 'invalidclienttokenid', 'invalidaccesskeyid', 'invalidtoken'],
    class: 'auth',
    advice: () =>
      'AWS does not know the key, or not in this region: `aws sts get-caller-identity` shows whether it still works. Temporary keys need AWS_SESSION_TOKEN as well.',
  },
  {
    codes: ['invalidsignature', 'signaturedoesnotmatch', 'incompletesignature', 'missingauthenticationtoken'],
    class: 'auth',
    advice: () =>
      'Is the secret key the one of the access key, and the region that of the address? A proxy that rewrites the path or the host breaks the signature too.',
  },
  {
    codes: ['accessdenied', 'notauthorized', 'unauthorizedoperation', 'optinrequired'],
    class: 'auth',
    advice: accessAdvice,
  },
  {
    says: /endpoint .*not found|could not find (endpoint|variant|inference component)|inference component .*not found/i,
    service: 'sagemaker',
    class: 'model_not_found',
    advice: ({ resource }) =>
      `Is there an endpoint "${resource}" in this account and region? \`aws sagemaker list-endpoints\` names them.`,
  },
  {
    codes: ['resourcenotfound'],
    class: 'model_not_found',
    advice: ({ resource }) => `Is "${resource}" in this account and region?`,
  },
  {
    codes: ['throttling', 'throttled', 'toomanyrequests', 'requestlimitexceeded', 'limitexceeded'],
    service: 'bedrock',
    class: 'rate_limited',
    advice: () =>
      'Bedrock reserves the tokens per minute of a call at its start, with all of maxTokens: a smaller maxTokens, or one at all, lets more calls through.',
  },
  {
    codes: ['throttling', 'throttled', 'toomanyrequests', 'requestlimitexceeded', 'limitexceeded'],
    class: 'rate_limited',
  },
  {
    codes: ['servicequotaexceeded'],
    class: 'rate_limited',
    advice: () => 'Service Quotas in the AWS console shows the limit, and takes requests to raise it.',
  },
  {
    codes: ['modelnotready'],
    class: 'overloaded',
    advice: () =>
      'The model is still being loaded: call it again in some minutes, and only then start the load.',
  },
  { codes: ['serviceunavailable'], class: 'overloaded' },
  {
    codes: ['modeltimeout'],
    advice: () => 'The model took longer than Bedrock waits: ask for fewer tokens.',
  },
  {
    codes: ['modelinvocationtimeexceeded'],
    advice: () => 'A container has 60 seconds to answer, and a stream 8 minutes: ask for fewer tokens.',
  },
]

/** Ids of inference profiles begin with the part of the world they reach. */
const PROFILE = /^((us|us-gov|eu|apac|jp|au|ca|global)\.|arn:.*:(application-)?inference-profile\/)/

/** A profile leads to models in several regions, and each of them is asked for permission. */
function accessAdvice({ service, action, resource }: ErrorContext): string {
  const profile = service === 'bedrock' && PROFILE.test(resource)
  const further = profile ? ' and on the model behind it in each of its regions' : ''
  return `It takes the IAM permission ${action} on "${resource}"${further}; \`aws sts get-caller-identity\` names who was asking.`
}
