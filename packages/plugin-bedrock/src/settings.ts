import type { ClientSettings } from 'loadbench/plugin'
import type { FamilyName } from './invoke/family-name.ts'
import type { AwsSettings } from './signing/settings.ts'

/** A guardrail to apply to every call. */
export interface GuardrailSettings {
  /** Its id or ARN. */
  readonly identifier: string
  /** `'1'`, `'DRAFT'`. */
  readonly version: string
  /** Whether the answer tells what the guardrail found. Default: Bedrock's own, `'disabled'`. */
  readonly trace?: 'enabled' | 'disabled' | 'enabled_full'
  /** Converse streams: whether text waits for the guardrail (`'sync'`, Bedrock's default) or runs ahead of it. */
  readonly streamProcessingMode?: 'sync' | 'async'
}

export interface BedrockSettings extends ClientSettings, AwsSettings {
  /**
   * Which API `chat` uses. Default `'converse'`, one form for all models. `'invoke'` is InvokeModel with the
   * model's own body. Completions and embeddings always use InvokeModel.
   */
  readonly api?: 'converse' | 'invoke'
  /**
   * InvokeModel only: in which form the model is asked. Default: read from the model id. ARNs of provisioned
   * throughput and of custom models do not tell it.
   */
  readonly family?: FamilyName
  /**
   * `maxTokens` of calls that give none. Default 512. It is always sent: Bedrock reserves it in the
   * tokens-per-minute quota when a call starts, and without it the model's maximum, often 64,000.
   */
  readonly maxTokens?: number
  readonly guardrail?: GuardrailSettings
  /**
   * What an answer is in which a guardrail blocked or masked something. Default `'fail'`: it failed with
   * class `content_filter`. `'warn'`: it is good, and the run's warnings count it.
   */
  readonly onGuardrail?: 'fail' | 'warn'
  /** Latency-optimized inference, for the models that have it. */
  readonly latency?: 'standard' | 'optimized'
  readonly serviceTier?: 'default' | 'priority' | 'flex' | 'reserved'
  /** Kept in the model invocation logs. */
  readonly requestMetadata?: Readonly<Record<string, string>>
  /** Converse: fields of the model's own form, such as `{ top_k: 50 }` or `{ thinking: … }`. */
  readonly additionalModelRequestFields?: Readonly<Record<string, unknown>>
  /** Converse: JSON pointers of fields of the model's own answer to be sent along. */
  readonly additionalModelResponseFieldPaths?: readonly string[]
  /**
   * Fields of every request body, passed on as they are; an object joins one loadbench writes under the same
   * name (`inferenceConfig`). Those of a call go before them.
   */
  readonly extra?: Readonly<Record<string, unknown>>
}
