import type { Steps } from './agenda.ts'
import { END_TOKEN, type Answer, type Choice } from './answer.ts'
import type { Break } from './break.ts'
import type { Millis } from './clock.ts'
import type { Outlet } from './outlet.ts'
import type { StreamWire } from './protocol.ts'
import type { RoleChunk } from './settings.ts'
import type { Chunk } from './schedule.ts'

/** An answer about to be streamed. */
export interface StreamPart {
  readonly answer: Answer
  readonly wire: StreamWire
  readonly chunks: Iterable<Chunk>
  /** When the answer starts; chunks are due from here. */
  readonly start: Millis
  /** Time to the first token, also where there is none. */
  readonly first: Millis
  readonly roleChunk: RoleChunk
  readonly break: Break | undefined
  /** Whether the protocol's end mark is sent. */
  readonly done: boolean
}

/** Streams an answer, each chunk when it is due. */
export function* stream(part: StreamPart, out: Outlet): Steps {
  const { wire, start } = part
  out.head(wire.headers)
  let opening = wire.open()
  if (part.roleChunk === 'early') {
    out.write(opening)
    opening = ''
  }
  let pending = part.break
  let due = start + part.first
  const choices = new Choices(part.answer, wire)
  for (const chunk of part.chunks) {
    due = start + chunk.due
    yield due
    if (pending !== undefined && chunk.from >= pending.after) {
      if (yield* interrupt(pending, wire, out)) return
      pending = undefined
    }
    out.write(opening + choices.at(chunk), choices.tokens, choices.ends)
    opening = ''
  }
  yield due
  if (pending !== undefined && (yield* interrupt(pending, wire, out))) return
  out.end(opening + choices.rest() + wire.close() + (part.done ? wire.done : ''))
}

/** Lets the break happen. @returns whether the answer is over */
function* interrupt({ by }: Break, wire: StreamWire, out: Outlet): Generator<Millis, boolean> {
  switch (by) {
    case 'malformed':
      out.write(wire.malformed)
      return false
    case 'stall':
      yield Infinity
      return true
    case 'stream-error':
      out.end(wire.error)
      return true
    case 'stream-error-done':
      out.end(wire.error + wire.done)
      return true
    case 'truncate':
      out.end()
      return true
    case 'reset-mid-stream':
      out.reset()
  }
  return true
}

/** The choices of an answer on their way out. One that is said ends with the chunk that follows. */
class Choices {
  readonly #wire: StreamWire
  readonly #choices: readonly Choice[]
  readonly #open: Set<number>
  /** Tokens with text in the chunk asked for last, with those the wire had kept back until then. */
  tokens = 0
  /** End tokens in it. */
  ends = 0
  #kept = 0

  constructor(answer: Answer, wire: StreamWire) {
    this.#wire = wire
    this.#choices = answer.choices
    this.#open = new Set(this.#choices.keys())
  }

  at({ from, to }: Chunk): string {
    let text = ''
    this.tokens = 0
    this.ends = 0
    for (const index of this.#open) {
      const { length, [length - 1]: last } = this.#choices[index]?.tokens ?? []
      const end = Math.min(to, length)
      if (end <= from) {
        text += this.#finish(index)
        continue
      }
      const piece = this.#wire.tokens(index, from, end)
      text += piece
      this.#kept += end - from
      if (piece === '') continue
      if (end === length && last === END_TOKEN) this.ends++
      this.tokens += this.#kept
      this.#kept = 0
    }
    this.tokens -= this.ends
    return text
  }

  rest(): string {
    return [...this.#open].map((index) => this.#finish(index)).join('')
  }

  #finish(index: number): string {
    this.#open.delete(index)
    return this.#wire.finish(index)
  }
}
