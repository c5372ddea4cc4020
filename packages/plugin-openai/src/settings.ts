import type { ClientSettings } from 'loadbench/plugin'

/** What requests hold, whoever is asked. */
export interface RequestSettings extends ClientSettings {
  /**
   * Asks a streaming server for its token counts (`stream_options.include_usage`). Default `true`.
   * `false` leaves the field out, for servers that refuse it; output tokens are then counted in chunks.
   */
  readonly includeUsage?: boolean
  /**
   * Name under which `maxTokens` is sent by `chat` and `complete`. Default `'max_tokens'`, the only one
   * older servers know; OpenAI's reasoning models want `'max_completion_tokens'`.
   */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens'
  /**
   * How `embed` asks for its vectors. Default: left to the server, which means numbers. `'base64'` is a
   * third of their size. Whatever comes is read.
   */
  readonly encodingFormat?: 'float' | 'base64'
  /** Fields of every request body, passed on as they are. Those of a call go before them. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface OpenAISettings extends RequestSettings {
  /**
   * Sent as `Authorization: Bearer …`. Default: the environment variable `OPENAI_API_KEY`. With neither,
   * or with `''`, no such header is sent.
   */
  readonly apiKey?: string
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string
  /** Sent as `OpenAI-Project`. */
  readonly project?: string
}

export interface AzureSettings extends RequestSettings {
  /** `https://NAME.openai.azure.com`. Default: the environment variable `AZURE_OPENAI_ENDPOINT`. */
  readonly endpoint?: string
  /**
   * The deployment every call goes to, unless it names a `model` of its own. Default: `model`, which is
   * otherwise no more than the name samples carry.
   */
  readonly deployment?: string
  /**
   * `2024-10-21`: version of the classic API. Default: the environment variable `OPENAI_API_VERSION`.
   * With neither, or with `''`, calls go to the v1 API, which has no versions.
   */
  readonly apiVersion?: string
  /** Sent as `api-key`. Default: the environment variable `AZURE_OPENAI_API_KEY`. */
  readonly apiKey?: string
  /**
   * A token of Entra ID, sent as `Authorization: Bearer …` in place of the key. A function is asked before
   * each call, outside of its time: it should keep a token as long as it is good.
   */
  readonly entraToken?: string | (() => string | Promise<string>)
}
