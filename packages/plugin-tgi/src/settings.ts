import type { ClientSettings, CompletionSettings } from 'loadbench/plugin'

/**
 * What TGI's own routes take as `parameters`, under TGI's names. Its limits are those of the server:
 * `GET /info` tells them.
 */
export interface TgiParameters {
  /** Generates so many answers and gives the likeliest. Not for streams, and only when sampling. */
  readonly best_of?: number
  /** Above 0. For greedy decoding leave it out. */
  readonly temperature?: number
  /** Above 0; 1 is none. */
  readonly repetition_penalty?: number
  /** From -2 to 2. */
  readonly frequency_penalty?: number
  readonly top_k?: number
  /** Between 0 and 1, both excluded. */
  readonly top_p?: number
  /** Between 0 and 1, both excluded. */
  readonly typical_p?: number
  /** Samples instead of taking the likeliest token. Default `false`. */
  readonly do_sample?: boolean
  readonly max_new_tokens?: number
  /** Puts the prompt before the answer of a call with `stream: false`. Default `false`. */
  readonly return_full_text?: boolean
  readonly stop?: readonly string[]
  /** Keeps so many tokens of the prompt, the last ones. */
  readonly truncate?: number
  readonly watermark?: boolean
  /** Asks for the finish reason and the token counts. Default `true`. */
  readonly details?: boolean
  /** Adds the tokens of the prompt. Not for streams. */
  readonly decoder_input_details?: boolean
  readonly seed?: number
  /** Adds the likeliest tokens of every step; they are not read. */
  readonly top_n_tokens?: number
  /** What the answer has to look like: a JSON schema or a regular expression. */
  readonly grammar?: { readonly type: 'json' | 'regex' | 'json_schema'; readonly value: unknown }
  /** The LoRA adapter to answer with. */
  readonly adapter_id?: string
}

export interface TgiSettings extends ClientSettings {
  /**
   * Sent as `Authorization: Bearer …`. Default: the environment variable `TGI_API_KEY`. With neither, or
   * with `''`, no such header is sent.
   */
  readonly apiKey?: string
  /** Of every call to TGI's own routes. What a call says goes before them. */
  readonly parameters?: TgiParameters
  /** Fields of every request body, passed on as they are. Those of a call go before them. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface GenerateSettings extends CompletionSettings {
  /** Over those of the client, and over `maxTokens`, `temperature` and the others of this call. */
  readonly parameters?: TgiParameters
}
