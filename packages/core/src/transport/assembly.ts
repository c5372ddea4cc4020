import type { ToolCall } from '../model/call.ts'
import type { TokenSource } from '../model/exchange.ts'
import type {
  EmbeddingPart,
  ErrorPart,
  Part,
  ServerTiming,
  ToolDelta,
  Usage,
  WarningPart,
} from '../model/part.ts'
import { TextBytes } from './text-bytes.ts'

/** What kind of content a frame held; `none` for role, usage, finish and empty deltas. */
export type ContentKind = 'none' | 'thought' | 'answer'

type TextType = 'text-delta' | 'reasoning-delta'

/** Of one answer; more of them say nothing new. */
const MOST_WARNINGS = 10

/** Puts the parts of one answer together. Knows nothing of time. */
export class Assembly {
  usage: Usage = {}
  serverTiming: ServerTiming = {}
  finishReason: string | undefined
  /** The first error the answer held. */
  error: ErrorPart | undefined
  /** Sum of the exact token counts some servers put on their deltas. */
  countedTokens: number | undefined
  /** Frames with generated content. */
  chunks = 0
  readonly warnings: WarningPart[] = []
  #text = ''
  #reasoning = ''
  /** What came last, of one of the two. */
  #bytes: TextBytes | undefined
  #bytesType: TextType = 'text-delta'
  // Made where there are any: most answers are text and nothing else.
  #vectors: EmbeddingPart[] | undefined
  #tools: Map<number, { id: string; name: string; arguments: string }> | undefined

  /** Takes the parts of one frame. */
  take(parts: readonly Part[]): ContentKind {
    let kind: ContentKind = 'none'
    for (const part of parts) {
      const one = this.#takeOne(part)
      if (one === 'answer' || (one === 'thought' && kind === 'none')) kind = one
    }
    if (kind !== 'none') this.chunks += 1
    return kind
  }

  /** Takes a delta whose tokens nobody counted: the bytes of a text in UTF-8. */
  takeText(type: TextType, bytes: Uint8Array, from: number, to: number): ContentKind {
    if (type !== this.#bytesType) this.settle()
    this.#bytesType = type
    this.#bytes ??= TextBytes.begin()
    this.#bytes.add(bytes, from, to)
    this.chunks += 1
    return type === 'text-delta' ? 'answer' : 'thought'
  }

  /** Makes text of the bytes, as must be done in the end. */
  settle(): void {
    const text = this.#bytes?.end()
    this.#bytes = undefined
    if (text !== undefined) this.#add(this.#bytesType, text)
  }

  get text(): string {
    this.settle()
    return this.#text
  }

  get reasoning(): string {
    this.settle()
    return this.#reasoning
  }

  get toolCalls(): readonly ToolCall[] {
    if (this.#tools === undefined) return []
    return [...this.#tools.entries()].toSorted(([a], [b]) => a - b).map(([, tool]) => ({ ...tool }))
  }

  /** The vectors of an embedding answer, by input. */
  get embeddings(): readonly (readonly number[])[] {
    if (this.#vectors === undefined) return []
    return this.#vectors.toSorted((a, b) => a.index - b.index).map(({ vector }) => vector)
  }

  /** Whether there is an answer at all: something generated, or a vector. */
  get answered(): boolean {
    return this.chunks > 0 || this.#tools !== undefined || this.#vectors !== undefined
  }

  /**
   * Output tokens by the best source there is.
   * @param streamed otherwise its one frame says nothing about how many they were.
   */
  outputTokens(streamed: boolean): { count: number; source: TokenSource } | undefined {
    if (this.usage.outputTokens !== undefined) return { count: this.usage.outputTokens, source: 'usage' }
    if (this.countedTokens !== undefined) return { count: this.countedTokens, source: 'usage' }
    return streamed && this.chunks > 0 ? { count: this.chunks, source: 'chunks' } : undefined
  }

  #takeOne(part: Part): ContentKind {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        this.settle()
        this.#add(part.type, part.text)
        this.#count(part.tokens)
        if (part.text === '') return 'none'
        return part.type === 'text-delta' ? 'answer' : 'thought'
      case 'tool-delta':
        return this.#takeTool(part)
      case 'usage':
        this.usage = { ...this.usage, ...withoutType(part) }
        return 'none'
      case 'server-timing':
        this.serverTiming = { ...this.serverTiming, ...withoutType(part) }
        return 'none'
      case 'embedding':
        this.#vectors ??= []
        this.#vectors.push(part)
        return 'none'
      case 'warning':
        if (this.warnings.length < MOST_WARNINGS) this.warnings.push(part)
        return 'none'
      case 'finish':
        this.finishReason = part.reason
        return 'none'
      case 'error':
        this.error ??= part
        return 'none'
    }
  }

  #add(type: TextType, text: string): void {
    if (type === 'text-delta') this.#text += text
    else this.#reasoning += text
  }

  #takeTool(delta: ToolDelta): ContentKind {
    this.#tools ??= new Map()
    const tool = this.#tools.get(delta.index) ?? { id: '', name: '', arguments: '' }
    if (delta.id !== undefined) tool.id = delta.id
    if (delta.name !== undefined) tool.name = delta.name
    tool.arguments += delta.arguments
    this.#tools.set(delta.index, tool)
    // Content, but no answer a person reads: it stops ttft, not ttfat.
    return delta.arguments === '' ? 'none' : 'thought'
  }

  #count(tokens: number | undefined): void {
    if (tokens !== undefined) this.countedTokens = (this.countedTokens ?? 0) + tokens
  }
}

function withoutType<T extends { type: string }>({ type: _type, ...rest }: T): Omit<T, 'type'> {
  return rest
}
