import type { Part, ServerTiming, Usage } from 'loadbench/plugin'
import { guardrailPart, partsOfStop, type OnGuardrail } from './stop.ts'
import type { UsagePart } from './usage.ts'

export const NOTHING: readonly Part[] = []

/** By how much two counts of the same tokens may differ without a word. */
const TOLERANCE = 0.1

/**
 * The state of one response and the parts of the frame being read. Readers tell it what a frame holds; it
 * knows nothing of the wire.
 */
export class Answer {
  readonly #onGuardrail: OnGuardrail
  #parts: Part[] = []
  #ended = false
  #intervened = false
  /** By content block, which of the answer's tool calls it is. */
  readonly #tools = new Map<number, number>()
  #told: Usage = {}
  /** Why the model stopped, where it says so before the end. */
  stopReason: string | undefined

  constructor(onGuardrail: OnGuardrail = 'fail') {
    this.#onGuardrail = onGuardrail
  }

  /** The parts gathered since the last time. */
  take(): readonly Part[] {
    if (this.#parts.length === 0) return NOTHING
    const parts = this.#parts
    this.#parts = []
    return parts
  }

  add(...parts: readonly Part[]): void {
    this.#parts.push(...parts)
  }

  /** Anything but text with something in it is none. */
  text(text: unknown): void {
    if (typeof text === 'string' && text !== '') this.#parts.push({ type: 'text-delta', text })
  }

  reasoning(text: unknown): void {
    if (typeof text === 'string' && text !== '') this.#parts.push({ type: 'reasoning-delta', text })
  }

  /** A content block turns out to be a tool call. */
  tool(block: number, id: unknown, name: unknown, written = ''): void {
    const index = this.#tools.get(block) ?? this.#tools.size
    this.#tools.set(block, index)
    this.#parts.push({
      type: 'tool-delta',
      index,
      ...(typeof id === 'string' ? { id } : undefined),
      ...(typeof name === 'string' ? { name } : undefined),
      arguments: written,
    })
  }

  /** More of a tool call's arguments. */
  toolInput(block: number, written: string): void {
    if (written === '') return
    const index = this.#tools.get(block)
    if (index === undefined) this.tool(block, undefined, undefined, written)
    else this.#parts.push({ type: 'tool-delta', index, arguments: written })
  }

  /** Token counts of the model's own answer. */
  usage(part: UsagePart | undefined): void {
    if (part === undefined) return
    const { type: _, ...counts } = part
    this.#told = { ...this.#told, ...counts }
    this.#parts.push(part)
  }

  /**
   * Token counts Bedrock adds to what the model says. They fill in what the model did not tell: on tool calls
   * the two disagree, and the model's is the one its price list means.
   */
  usageByBedrock(part: UsagePart | undefined): void {
    if (part === undefined) return
    const { outputTokens: told } = this.#told
    const { outputTokens: counted } = part
    if (told !== undefined && counted !== undefined && Math.abs(told - counted) > TOLERANCE * told) {
      const message = `the model counts ${told} output tokens, Bedrock ${counted}; the model's count is used`
      this.#parts.push({ type: 'warning', code: 'token-counts-differ', message })
    }
    this.#parts.push({ ...part, ...this.#told })
  }

  timing(timing: ServerTiming): void {
    if (Object.keys(timing).length > 0) this.#parts.push({ type: 'server-timing', ...timing })
  }

  /** A guardrail blocked or masked something. */
  intervene(): void {
    if (this.#intervened) return
    this.#intervened = true
    this.#parts.push(guardrailPart(this.#onGuardrail))
  }

  /** The terminal mark. Only the first one counts. */
  end(reason: string): void {
    if (this.#ended) return
    this.#ended = true
    if (reason === 'guardrail_intervened') this.intervene()
    this.#parts.push(...partsOfStop(reason))
  }
}
