import {
  connect,
  type CallResult,
  type ChatSettings,
  type ClientSettings,
  type CompletionSettings,
  type EmbeddingSettings,
  type ProviderPlugin,
} from 'loadbench/plugin'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface OpenAIClient {
  /** `POST …/chat/completions`. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
  /** `POST …/completions`. @throws LoadbenchError for a call that cannot be sent. */
  complete(settings: CompletionSettings): Promise<CallResult>
  /** `POST …/responses`. @throws LoadbenchError for a call that cannot be sent. */
  respond(settings: ChatSettings): Promise<CallResult>
  /** `POST …/embeddings`: one vector per input. @throws LoadbenchError for a call that cannot be sent. */
  embed(settings: EmbeddingSettings): Promise<CallResult>
}

/** Binds the two codecs of a host to the settings of one client. */
export function clientOf(
  calls: ProviderPlugin,
  responses: ProviderPlugin,
  settings: ClientSettings,
): OpenAIClient {
  const connection = connect(calls, settings)
  const responding = connect(responses, settings)
  return {
    chat: (call) => connection.call({ ...call, kind: 'chat' }),
    complete: (call) => connection.call({ ...call, kind: 'completion' }),
    respond: (call) => responding.call({ ...call, kind: 'chat' }),
    embed: (call) => connection.call({ ...call, kind: 'embedding' }),
  }
}
