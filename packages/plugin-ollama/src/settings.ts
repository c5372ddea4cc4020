import type { ClientSettings } from 'loadbench/plugin'

export interface OllamaSettings extends ClientSettings {
  /**
   * Sent as `Authorization: Bearer …`, for Ollama's cloud or a gateway; a server of one's own asks for
   * none. Default: the environment variable `OLLAMA_API_KEY`. With neither, or with `''`, no such header
   * is sent.
   */
  readonly apiKey?: string
  /**
   * Ollama's model options, by its own names: `num_ctx`, `top_k`, `num_gpu` … What a call says itself
   * (`maxTokens`, `temperature`, `topP`, `seed`, `stop`) goes before them.
   */
  readonly options?: Readonly<Record<string, unknown>>
  /**
   * How long the model stays loaded after a call, as Ollama reads it: seconds, or text such as `'10m'`;
   * negative for ever, 0 unloads it at once. Default: the server's, which is 5 minutes.
   */
  readonly keepAlive?: number | string
  /** Whether, or how hard, a model that can think does. Default: the model's own. */
  readonly think?: boolean | 'low' | 'medium' | 'high' | 'max'
  /** `'json'`, or the JSON schema the answer must fit. */
  readonly format?: 'json' | Readonly<Record<string, unknown>>
  /**
   * Loads the model before the load starts, where `model` is set. Default `true`. `'embed'` for a model
   * that only embeds, which Ollama loads through another route.
   */
  readonly warmUp?: boolean | 'embed'
  /** Fields of every request body, passed on as they are. Those of a call go before them. */
  readonly extra?: Readonly<Record<string, unknown>>
}
