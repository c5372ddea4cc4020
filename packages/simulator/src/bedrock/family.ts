import type { Answer, Ask } from '../answer.ts'
import type { Facts, Inquiry } from '../protocol.ts'
import type { Complaint, Wish } from './wish.ts'

/** What a request to InvokeModel asks for. */
export interface InvokeAsk extends Ask {
  readonly family: Family
  /** Whether a guardrail was asked for. */
  readonly guarded: boolean
}

/** Models that share the bodies of InvokeModel. What it wants to know of a body later on, it adds to the wish. */
export interface Family<Wished extends Wish = Wish> {
  read(body: unknown, request: Inquiry): Wished | Complaint
  /** Not for models that give everything at once. */
  stream?(answer: Answer, facts: Facts<InvokeAsk & Wished>): FamilyStream
  /** The answer that is not streamed, as JSON. */
  whole(answer: Answer, facts: Facts<InvokeAsk & Wished>): string
}

/** A streamed answer, piece by piece, as JSON objects that each go into a chunk. None is empty. */
export interface FamilyStream {
  /** Before the first token. */
  open(): readonly string[]
  tokens(from: number, to: number): readonly string[]
  /** How the answer ended, where that is told before the last chunk. */
  finish(): readonly string[]
  /** The last chunk; the metrics of the invocation are added to it. */
  end(): readonly string[]
}
