import { admitFor } from '../aws/admit.ts'
import { jsonReply, type Inquiry, type Reply } from '../protocol.ts'
import type { Settings } from '../schema.ts'

/** Listed where the settings name no models. */
const MODELS = [
  'anthropic.claude-3-5-sonnet-20241022-v2:0',
  'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'amazon.nova-micro-v1:0',
  'us.amazon.nova-pro-v1:0',
  'amazon.titan-text-express-v1',
  'amazon.titan-embed-text-v2:0',
  'meta.llama3-2-1b-instruct-v1:0',
  'mistral.mistral-7b-instruct-v0:2',
  'cohere.command-text-v14',
  'cohere.command-r-v1:0',
  'deepseek.r1-v1:0',
  'openai.gpt-oss-20b-1:0',
]

/** Ids of inference profiles start with a region, or with what stands for several. */
const PROFILE = /^(us|us-gov|eu|apac|au|jp|ca|global)\./

const ACCOUNT = 'arn:aws:bedrock:us-east-1'

/** `GET /foundation-models` and `GET /inference-profiles`, which are the control plane's. */
export function modelLists(settings: Settings) {
  const admit = admitFor('bedrock')
  const models = settings.models ?? MODELS
  const summaries = models.filter((id) => !PROFILE.test(id)).map(modelSummary)
  const profiles = models.filter((id) => PROFILE.test(id)).map(profileSummary)
  const replying = (reply: Reply) => (request: Inquiry) => admit(request, settings) ?? reply
  return {
    foundationModels: replying(jsonReply(200, { modelSummaries: summaries })),
    inferenceProfiles: replying(jsonReply(200, { inferenceProfileSummaries: profiles })),
  }
}

function modelSummary(modelId: string) {
  return {
    modelArn: `${ACCOUNT}::foundation-model/${modelId}`,
    modelId,
    modelName: modelId,
    providerName: modelId.split('.', 1)[0],
    inputModalities: ['TEXT'],
    outputModalities: ['TEXT'],
    responseStreamingSupported: true,
    customizationsSupported: [],
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: { status: 'ACTIVE' },
  }
}

function profileSummary(inferenceProfileId: string) {
  return {
    inferenceProfileId,
    inferenceProfileArn: `${ACCOUNT}:123456789012:inference-profile/${inferenceProfileId}`,
    inferenceProfileName: inferenceProfileId,
    models: [{ modelArn: `${ACCOUNT}::foundation-model/${inferenceProfileId.replace(PROFILE, '')}` }],
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  }
}
