/** Something in progress that the end of the run, or of a VU, can cut off. */
export interface Interruptible {
  interrupt(): void
}

/** Ends an iteration from within: the promise a script waits for rejects with it. Never shown to a user. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted by the end of the run')
    this.name = 'Interrupted'
  }
}
