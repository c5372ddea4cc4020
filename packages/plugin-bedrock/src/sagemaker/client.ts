import { connect, type CallResult, type ChatSettings, type CompletionSettings } from 'loadbench/plugin'
import { sagemakerPlugin } from './plugin.ts'
import type { SageMakerSettings } from './settings.ts'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface SageMakerClient {
  /** A chat, in OpenAI's form. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
  /** A completion, in the form of the container. @throws LoadbenchError for a call that cannot be sent. */
  complete(settings: CompletionSettings): Promise<CallResult>
}

/**
 * A client of a SageMaker endpoint that hosts a language model. Where it is, first that is set: `--target`
 * or `--simulate`, `LOADBENCH_TARGET`, `baseURL`, `AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME`, `AWS_ENDPOINT_URL`,
 * the address of the region. Samples carry the tag `endpoint`.
 */
export function sagemaker(settings: SageMakerSettings): SageMakerClient {
  const tags = { endpoint: settings.endpoint, ...settings.tags }
  const connection = connect(sagemakerPlugin(settings), { ...settings, tags })
  return {
    chat: (call) => connection.call({ ...call, kind: 'chat' }),
    complete: (call) => connection.call({ ...call, kind: 'completion' }),
  }
}
