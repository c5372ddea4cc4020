import type { Answer } from '../answer.ts'
import { Blocks, type BlockKind, type BlockShape } from './blocks.ts'
import { argumentsIn, choiceOf, saidIn, thoughtsOf, type StopReasons } from './choice.ts'

/** An event of the message format that Converse and the Nova models share. */
export interface UnifiedEvent {
  readonly type: UnifiedType
  /** A JSON object that is not empty. */
  readonly fields: string
}
/** In the order of a message. */
export const UNIFIED_TYPES = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
] as const
export type UnifiedType = (typeof UNIFIED_TYPES)[number]

/** Stop reasons of Converse and of Nova. */
export const UNIFIED_REASONS: StopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
}

/** Anything; a real one proves that the reasoning is the model's. */
export const SIGNATURE = 'c2ltdWxhdG9yIHNpZ25hdHVyZQ=='

/** An answer as events up to, not including, `metadata`. `scattered`: each delta of text in a block of its own. */
export class UnifiedMessage {
  readonly #blocks: Blocks<UnifiedEvent>

  constructor(answer: Answer, scattered: boolean) {
    this.#blocks = new Blocks(choiceOf(answer), scattered ? SCATTERED : SHAPE)
  }

  open(): UnifiedEvent[] {
    return [{ type: 'messageStart', fields: '{"role":"assistant"}' }]
  }

  tokens(from: number, to: number): UnifiedEvent[] {
    return this.#blocks.tokens(from, to)
  }

  finish(stopReason: string): UnifiedEvent[] {
    return [...this.#blocks.end(), { type: 'messageStop', fields: JSON.stringify({ stopReason }) }]
  }
}

/** The content of a message that is not streamed. */
export function unifiedContent(answer: Answer): object[] {
  const choice = choiceOf(answer)
  const content: object[] = []
  if (choice.reasoning > 0) {
    const reasoningText = { text: thoughtsOf(choice), signature: SIGNATURE }
    content.push({ reasoningContent: { reasoningText } })
  }
  if (choice.call !== undefined) {
    const { id: toolUseId, name } = choice.call
    content.push({ toolUse: { toolUseId, name, input: argumentsIn(choice) } })
  } else if (choice.tokens.length > choice.reasoning) {
    content.push({ text: saidIn(choice) })
  }
  return content
}

/** Text blocks have no start, and their last delta is empty, as recorded from several models. */
const SHAPE: BlockShape<UnifiedEvent> = {
  start(contentBlockIndex, kind, call) {
    if (kind !== 'call' || call === undefined) return undefined
    const start = { toolUse: { toolUseId: call.id, name: call.name } }
    return { type: 'contentBlockStart', fields: JSON.stringify({ contentBlockIndex, start }) }
  },
  delta: (index, kind, quoted) => delta(index, DELTAS[kind](quoted)),
  seal(index, kind) {
    if (kind === 'call') return undefined
    return delta(
      index,
      kind === 'text' ? DELTAS.text('""') : `{"reasoningContent":{"signature":"${SIGNATURE}"}}`,
    )
  },
  stop: (index) => ({ type: 'contentBlockStop', fields: `{"contentBlockIndex":${index}}` }),
}

const SCATTERED: BlockShape<UnifiedEvent> = { ...SHAPE, seal: () => undefined, scattered: true }

const DELTAS: Readonly<Record<BlockKind, (quoted: string) => string>> = {
  reasoning: (quoted) => `{"reasoningContent":{"text":${quoted}}}`,
  text: (quoted) => `{"text":${quoted}}`,
  call: (quoted) => `{"toolUse":{"input":${quoted}}}`,
}

function delta(index: number, fields: string): UnifiedEvent {
  return { type: 'contentBlockDelta', fields: `{"contentBlockIndex":${index},"delta":${fields}}` }
}
