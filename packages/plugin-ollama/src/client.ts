import {
  connect,
  type CallResult,
  type ChatSettings,
  type CompletionSettings,
  type EmbeddingSettings,
} from 'loadbench/plugin'
import { ollamaPlugin } from './plugin.ts'
import type { OllamaSettings } from './settings.ts'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface OllamaClient {
  /** `POST /api/chat`. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
  /** `POST /api/generate`. @throws LoadbenchError for a call that cannot be sent. */
  complete(settings: CompletionSettings): Promise<CallResult>
  /** `POST /api/embed`. @throws LoadbenchError for a call that cannot be sent. */
  embed(settings: EmbeddingSettings): Promise<CallResult>
}

/**
 * A client of an Ollama server, over its native protocol. Where it is, first that is set: `--target` or
 * `--simulate`, `LOADBENCH_TARGET`, `baseURL`, `OLLAMA_HOST` in any form Ollama itself reads.
 */
export function ollama(settings: OllamaSettings = {}): OllamaClient {
  const connection = connect(ollamaPlugin(settings), settings)
  return {
    chat: (call) => connection.call({ ...call, kind: 'chat' }),
    complete: (call) => connection.call({ ...call, kind: 'completion' }),
    embed: (call) => connection.call({ ...call, kind: 'embedding' }),
  }
}
