import type { Call, GenerationCall, JsonObject } from 'loadbench/plugin'
import type { Answer } from '../answer/answer.ts'
import type { Fields, Limits } from '../turns/fields.ts'

/** A model family that generates text: how it is asked, and what its answers say. Without state. */
export interface TextFamily {
  /** @throws LB_CALL_INVALID for what the family cannot be asked. */
  body(call: GenerationCall, limits: Limits): Fields
  /** Reads one chunk of a stream, and tells the answer its end where it is that. */
  chunk(chunk: JsonObject, answer: Answer): void
  /** Reads an answer that came in one piece. @returns whether it is one. */
  whole(body: JsonObject, answer: Answer): boolean
}

/** A model family that gives vectors. */
export interface EmbeddingFamily {
  /** @throws LB_CALL_INVALID for what the family cannot be asked. */
  body(call: Extract<Call, { kind: 'embedding' }>): Fields
  /** @returns whether it is an answer. */
  whole(body: JsonObject, answer: Answer): boolean
}
