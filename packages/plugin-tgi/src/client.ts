import { connect, type CallResult, type ChatSettings } from 'loadbench/plugin'
import { tgiPlugin } from './plugin.ts'
import type { GenerateSettings, TgiSettings } from './settings.ts'

/** A failed call is a result with `ok: false` and `error`, never an exception. */
export interface TgiClient {
  /**
   * `POST …/generate_stream`, or `/generate` where the call says `stream: false`.
   * @throws LoadbenchError for a call that cannot be sent.
   */
  generate(settings: GenerateSettings): Promise<CallResult>
  /** `generate`, by the name it has in other providers. */
  complete(settings: GenerateSettings): Promise<CallResult>
  /** `POST …/v1/chat/completions`. @throws LoadbenchError for a call that cannot be sent. */
  chat(settings: ChatSettings): Promise<CallResult>
}

/**
 * A client of Hugging Face's Text Generation Inference. Where it is, first that is set: `--target` or
 * `--simulate`, `LOADBENCH_TARGET`, `baseURL`, `TGI_BASE_URL`.
 */
export function tgi(settings: TgiSettings = {}): TgiClient {
  const connection = connect(tgiPlugin(settings), settings)
  const generate = ({ parameters, ...call }: GenerateSettings) =>
    connection.call({
      ...call,
      ...(parameters === undefined ? {} : { extra: { ...call.extra, parameters } }),
      kind: 'completion',
    })
  return {
    generate,
    complete: generate,
    chat: (call) => connection.call({ ...call, kind: 'chat' }),
  }
}
