import assert from 'node:assert/strict'
import type { ToolCall } from '../model/call.ts'
import type { Failure } from '../model/failure.ts'
import type { Part, Usage } from '../model/part.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { Assembly } from '../transport/assembly.ts'
import { judge } from '../transport/classify.ts'
import { decodeResponse } from './decode-response.ts'
import type { FailedAnswer, GoodAnswer } from './provider-answers.ts'
import type { Recording } from './recorded.ts'

/** What an answer comes to: read from its bytes, or told by a client that got it. */
export interface Reading {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
  readonly embeddings: readonly (readonly number[])[]
  readonly usage: Usage
  readonly finishReason?: string | undefined
  readonly error?: Failure | undefined
}

/** A reading of bytes, and the parts it was made of. */
export interface Decoded extends Reading {
  readonly parts: readonly Part[]
  /** Parts with generated content. */
  readonly chunks: number
}

/**
 * Reads a recording as a run would, and judges it.
 * @param chunks its body as the network cut it. Default: in one piece.
 */
export function decode(
  plugin: ProviderPlugin,
  { head, body, call }: Recording,
  chunks: Iterable<Uint8Array> = [body],
): Decoded {
  const { parts, faults } = decodeResponse(plugin, head, chunks, call)
  const answer = new Assembly()
  for (const part of parts) answer.take([part])
  const [fault] = faults
  return {
    parts,
    chunks: answer.chunks,
    text: answer.text,
    reasoning: answer.reasoning,
    toolCalls: answer.toolCalls,
    embeddings: answer.embeddings,
    usage: answer.usage,
    finishReason: answer.finishReason,
    error: fault === undefined ? judge(head, answer) : { class: 'malformed', message: fault },
  }
}

/** @throws AssertionError where the reading differs from what is known of the answer. */
export function expectGood(reading: Reading, answer: GoodAnswer): void {
  assert.equal(reading.error, undefined, `a good answer failed: ${JSON.stringify(reading.error)}`)
  const read = {
    ...reading,
    toolCalls: reading.toolCalls.map(({ name, arguments: text }) => ({ name, arguments: text })),
  }
  for (const field of ['text', 'reasoning', 'toolCalls', 'embeddings', 'usage', 'finishReason'] as const) {
    if (answer[field] !== undefined) assert.deepEqual(read[field], answer[field], `its ${field} differs`)
  }
}

/** @throws AssertionError where it did not fail as it should. */
export function expectFailed({ error }: Reading, expected: Pick<FailedAnswer, 'class' | 'code'>): void {
  assert.ok(error, `the answer passed for a good one; it has to fail with class ${expected.class}`)
  assert.equal(error.class, expected.class, `it failed with class ${error.class}: ${error.message}`)
  assert.notEqual(error.message, '', 'the error has no message')
  if (expected.code !== undefined) assert.equal(error.code, expected.code, "the provider's own code differs")
}

/** What was generated, and how it ended: the same however much later usage and timings come. */
export function contentOf({ text, reasoning, toolCalls, embeddings, finishReason }: Reading) {
  return { text, reasoning, toolCalls, embeddings, finishReason }
}
