import type { ErrorClass, Part } from 'loadbench/plugin'

/** A piece of a tool call; what a server leaves out is `undefined`. */
export interface ToolPiece {
  /** Its call's place among the tool calls of the choice. */
  readonly place: number | undefined
  readonly id: string | undefined
  readonly name: string | undefined
  readonly arguments: string
}

export const NOTHING: readonly Part[] = []

/** Finish reasons by which a server says that it did not finish. The last one is DeepSeek's. */
const GIVEN_UP: ReadonlyMap<string, ErrorClass> = new Map([
  ['abort', 'stream_error'],
  ['error', 'stream_error'],
  ['insufficient_system_resource', 'overloaded'],
])

/**
 * The state of one response, and the parts of the frame being read. Routes tell it what a frame holds;
 * it knows nothing of the wire.
 */
export class Answer {
  #asked: number
  /** Choices that have ended. */
  #ended: Set<number> | undefined
  /** By choice, one more than the highest tool call seen. */
  #toolCalls: Map<number, number> | undefined
  #parts: Part[] = []
  /** Tokens the server counted in the choice being read, which no delta holds yet. */
  #tokens: number | undefined
  /** Tokens up to here by the server's running count; `undefined` where it keeps none. */
  #running: number | undefined
  /** Whether the running count has been seen to run. */
  #runs = false

  /** @param asked choices the call asked for: the answer ends when all of them have. */
  constructor(asked: number) {
    this.#asked = asked
    // Of several choices, some servers count each by itself, others all together.
    this.#running = asked === 1 ? 0 : undefined
  }

  /** The answer came in one piece: what it holds is all there is, however many were asked for. */
  holds(choices: number): void {
    this.#asked = choices
  }

  /** The parts gathered since the last time. */
  take(): readonly Part[] {
    if (this.#parts.length === 0) return NOTHING
    const parts = this.#parts
    this.#parts = []
    return parts
  }

  add(part: Part): void {
    this.#parts.push(part)
  }

  /** The server says how many tokens the choice being read holds. The first delta takes them all. */
  count(tokens: number): void {
    if (this.#runs) return
    this.#running = undefined
    this.#tokens = tokens
  }

  /**
   * The server says how many tokens there are up to and with the chunk being read: its tokens are what was
   * added. A count that comes only after content without one is the final sum, not a running count, and so
   * is one that stands at 0 beside content (Ollama).
   */
  reach(total: number): void {
    const before = this.#running
    if (before === undefined) return
    if (total > 0) this.#runs = true
    if (!this.#runs) return
    this.#running = Math.max(total, before)
    this.#tokens = this.#running - before
  }

  /** The final sum, on a chunk without choices: what a running count had not reached yet. */
  conclude(total: number): void {
    if (!this.#runs) return
    this.reach(total)
    this.settle()
  }

  text(text: string): void {
    this.#delta('text-delta', text)
  }

  reasoning(text: string): void {
    this.#delta('reasoning-delta', text)
  }

  /**
   * Ends a choice of a frame. Counted tokens without text (an end-of-sequence token, a tool call, a
   * token held back) go onto an empty delta, so that the counts of an answer add up.
   */
  settle(): void {
    if (this.#tokens !== undefined && this.#tokens > 0) this.#delta('text-delta', '')
    this.#tokens = undefined
  }

  /** Without a place, a piece with an id or a name begins a call; any other continues the last one. */
  tool(choice: number, { place, id, name, arguments: written }: ToolPiece): void {
    const begins = id !== undefined || name !== undefined
    if (!begins && written === '') return
    this.#uncounted()
    this.#toolCalls ??= new Map()
    const seen = this.#toolCalls.get(choice) ?? 0
    const at = place ?? (begins ? seen : Math.max(seen - 1, 0))
    if (at >= seen) this.#toolCalls.set(choice, at + 1)
    this.#parts.push({
      type: 'tool-delta',
      // Choices number their calls each from 0; parts of several choices must not meet.
      index: at * this.#asked + choice,
      ...(id === undefined ? undefined : { id }),
      ...(name === undefined ? undefined : { name }),
      arguments: written,
    })
  }

  /**
   * A choice has ended. The finish part follows the last one. A choice the server gave up has not come
   * to its end: it is an error without a finish. A filtered one has: it is an error with a finish.
   */
  end(choice: number, reason: string): void {
    const given = GIVEN_UP.get(reason)
    if (given !== undefined) {
      const message = `the server ended the answer with finish_reason "${reason}"`
      this.#parts.push({ type: 'error', class: given, code: reason, message })
      return
    }
    this.#ended ??= new Set()
    if (this.#ended.has(choice)) return
    if (reason === 'content_filter') {
      const message = "the server's content filter ended the answer"
      this.#parts.push({ type: 'error', class: 'content_filter', code: reason, message })
    }
    this.#ended.add(choice)
    if (this.#ended.size === this.#asked) this.#parts.push({ type: 'finish', reason })
  }

  #delta(type: 'text-delta' | 'reasoning-delta', text: string): void {
    const tokens = this.#tokens
    if (tokens === undefined) {
      this.#uncounted()
      this.#parts.push({ type, text })
      return
    }
    this.#tokens = 0
    this.#parts.push({ type, text, tokens })
  }

  /** Content came before any running count: there is none. */
  #uncounted(): void {
    if (!this.#runs) this.#running = undefined
  }
}
