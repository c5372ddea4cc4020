import type { Timeouts } from './timeouts.ts'

/** What a script may put into a message: text, or a list of typed parts (text, images by URL). */
export type Content = string | readonly ContentPart[]

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly url: string }

export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  readonly content: Content
  readonly name?: string
  /** Calls the assistant made in this turn, to be sent back as history. */
  readonly toolCalls?: readonly ToolCall[]
  /** With role `tool`: which call this answers. */
  readonly toolCallId?: string
}

/** A function the model may call. `parameters` is a JSON schema. */
export interface Tool {
  readonly name: string
  readonly description?: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface ToolCall {
  readonly id: string
  readonly name: string
  /** The arguments as the model wrote them: JSON text, not parsed. */
  readonly arguments: string
}

/** What every kind of call understands. What a provider lacks, its plugin leaves out. */
export interface CallSettings {
  /** Model to ask; default: the one the client was made with. */
  readonly model?: string
  /** Further fields of the request body, passed on as they are (`ignore_eos`, `min_tokens`, `cache_salt` …). */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Further request headers, over those of the client. */
  readonly headers?: Readonly<Record<string, string>>
  /** Tags of every sample of this call. */
  readonly tags?: Readonly<Record<string, string>>
  /** Deadlines of this call, over those of the client. */
  readonly timeouts?: Timeouts
  /** Ends the call early; it then counts as failed with class `aborted`. */
  readonly signal?: AbortSignal
}

/** What every call that generates text understands. */
export interface GenerationSettings extends CallSettings {
  /** Upper bound of generated tokens. */
  readonly maxTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly seed?: number
  readonly stop?: string | readonly string[]
  /** Number of answers to generate. Default 1. */
  readonly n?: number
  /** `false` asks for the whole answer at once. Default `true`. */
  readonly stream?: boolean
}

export interface ChatSettings extends GenerationSettings {
  readonly messages: readonly Message[]
  readonly tools?: readonly Tool[]
  readonly toolChoice?: 'auto' | 'none' | 'required' | { readonly name: string }
}

export interface CompletionSettings extends GenerationSettings {
  readonly prompt: string
}

/** What an embedding request understands. Nothing is generated, so nothing is streamed. */
export interface EmbeddingSettings extends CallSettings {
  readonly input: string | readonly string[]
  /** Length of the vectors, where the model lets it be chosen. */
  readonly dimensions?: number
}

/** One LLM request, neutral of provider. */
export type Call =
  | ({ readonly kind: 'chat' } & ChatSettings)
  | ({ readonly kind: 'completion' } & CompletionSettings)
  | ({ readonly kind: 'embedding' } & EmbeddingSettings)

/** A call that generates text. */
export type GenerationCall = Exclude<Call, { readonly kind: 'embedding' }>
