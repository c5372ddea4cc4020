import { now, type Millis } from '../model/clock.ts'
import { loopTurn } from '../model/turn.ts'

/** Tells when the bytes that are being taken apart were read. */
export interface ReadStamp {
  readonly readAt: Millis
  /**
   * Where it can: `take` gets the data of the answer whose head is being read, if that comes in whole chunks,
   * without a parser in between. To be called with the head.
   */
  passChunks?(take: (data: Buffer) => void): void
}

/**
 * One stamp for each read of one socket, taken when it is first asked for in a turn of the event loop: all that
 * one read brought is delivered in one turn. Stamped piece by piece, tokens that came together would show the
 * time it took to take them apart as the gap between them.
 */
export class TurnStamp implements ReadStamp {
  #turn = -1
  #readAt: Millis = 0

  get readAt(): Millis {
    const turn = loopTurn()
    if (turn !== this.#turn) {
      this.#turn = turn
      this.#readAt = now()
    }
    return this.#readAt
  }
}
