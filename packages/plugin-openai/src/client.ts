import {
  connect,
  type CallResult,
  type CallSettings,
  type ChatSettings,
  type CompletionSettings,
} from 'loadbench/plugin'
import { openaiPlugin } from './plugin.ts'
import type { OpenAISettings } from './settings.ts'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface OpenAIClient {
  /** `POST …/chat/completions`. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
  /** `POST …/completions`. @throws LoadbenchError for a call that cannot be sent. */
  complete(settings: CompletionSettings): Promise<CallResult>
}

/**
 * A client of an OpenAI-compatible server. Where it is, first that is set: `--target` or `--simulate`,
 * `LOADBENCH_TARGET`, `baseURL`, `OPENAI_BASE_URL`, `OPENAI_API_BASE`. An address without a path gets `/v1`.
 */
export function openai(settings: OpenAISettings = {}): OpenAIClient {
  const connection = connect(openaiPlugin(settings), settings)
  // Samples carry the model as a tag, so a call names it before core sees it.
  const named = <T extends CallSettings>(call: T): T =>
    settings.model === undefined ? call : { ...call, model: call.model ?? settings.model }
  return {
    chat: (call) => connection.call({ ...named(call), kind: 'chat' }),
    complete: (call) => connection.call({ ...named(call), kind: 'completion' }),
  }
}
