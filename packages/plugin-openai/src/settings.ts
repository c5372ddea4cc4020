import type { ClientSettings } from 'loadbench/plugin'

export interface OpenAISettings extends ClientSettings {
  /** Model of every call that names none. */
  readonly model?: string
  /**
   * Sent as `Authorization: Bearer …`. Default: the environment variable `OPENAI_API_KEY`. With neither,
   * or with `''`, no such header is sent.
   */
  readonly apiKey?: string
  /** Sent as `OpenAI-Organization`. */
  readonly organization?: string
  /** Sent as `OpenAI-Project`. */
  readonly project?: string
  /**
   * Asks a streaming server for its token counts (`stream_options.include_usage`). Default `true`.
   * `false` leaves the field out, for servers that refuse it; output tokens are then counted in chunks.
   */
  readonly includeUsage?: boolean
  /**
   * Name under which `maxTokens` is sent. Default `'max_tokens'`, the only one older servers know;
   * OpenAI's reasoning models want `'max_completion_tokens'`.
   */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens'
  /** Fields of every request body, passed on as they are. Those of a call go before them. */
  readonly extra?: Readonly<Record<string, unknown>>
}
