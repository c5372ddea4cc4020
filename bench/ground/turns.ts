import type { ChildProcess } from 'node:child_process'

/** Long against what resuming costs, short against what a shared host does to a load. */
const TURN_MS = 500

/**
 * Processes that run in turns, all but one stopped at any time: what the machine gives and takes within some
 * seconds comes to all of them alike, and none disturbs another's caches while it runs. For clients that
 * lose nothing when they are stopped: they ask on as fast as they are answered.
 */
export class Turns {
  readonly #waiting: ChildProcess[] = []
  #running: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined

  /** Takes a process in, from its start to its end. */
  add(child: ChildProcess): void {
    child.once('exit', () => this.#leave(child))
    child.kill('SIGSTOP')
    this.#waiting.push(child)
    if (this.#running === undefined) this.#next()
  }

  #next(): void {
    clearTimeout(this.#timer)
    const next = this.#waiting.shift()
    if (next !== undefined) {
      this.#running?.kill('SIGSTOP')
      if (this.#running !== undefined) this.#waiting.push(this.#running)
      this.#running = next
      next.kill('SIGCONT')
    }
    if (this.#running !== undefined) this.#timer = setTimeout(() => this.#next(), TURN_MS)
  }

  #leave(child: ChildProcess): void {
    const index = this.#waiting.indexOf(child)
    if (index !== -1) this.#waiting.splice(index, 1)
    if (this.#running !== child) return
    this.#running = undefined
    this.#next()
  }
}
