import {
  connect,
  type CallResult,
  type ChatSettings,
  type CompletionSettings,
  type EmbeddingSettings,
} from 'loadbench/plugin'
import { bedrockPlugin } from './plugin.ts'
import type { BedrockSettings } from './settings.ts'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface BedrockClient {
  /** `ConverseStream`, or `InvokeModel…` with `api: 'invoke'`. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
  /** `InvokeModelWithResponseStream`. @throws LoadbenchError for a call that cannot be sent. */
  complete(settings: CompletionSettings): Promise<CallResult>
  /** `InvokeModel`. @throws LoadbenchError for a call that cannot be sent. */
  embed(settings: EmbeddingSettings): Promise<CallResult>
}

/**
 * A client of Amazon Bedrock. Where it is, first that is set: `--target` or `--simulate`,
 * `LOADBENCH_TARGET`, `baseURL`, `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`, `AWS_ENDPOINT_URL`, the region's own
 * address. Calls are signed with AWS's usual credentials, or carry a Bedrock API key.
 */
export function bedrock(settings: BedrockSettings = {}): BedrockClient {
  const connection = connect(bedrockPlugin(settings), settings)
  return {
    chat: (call) => connection.call({ ...call, kind: 'chat' }),
    complete: (call) => connection.call({ ...call, kind: 'completion' }),
    embed: (call) => connection.call({ ...call, kind: 'embedding' }),
  }
}
