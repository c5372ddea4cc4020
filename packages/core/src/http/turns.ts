/** Requests of one batch under way at a time: in all, and to one server (k6's defaults). */
const AT_ONCE = 20
const AT_ONCE_PER_HOST = 6

interface Waiting {
  readonly host: string
  start(): void
}

/** Lets work begin as soon as there is room for it, in order where there is for several. */
export class Turns {
  readonly #waiting: Waiting[] = []
  readonly #busy = new Map<string, number>()
  #underWay = 0

  run<T>(host: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      const start = () => {
        this.#change(host, 1)
        const done = work()
        resolve(done)
        const ended = () => {
          this.#change(host, -1)
          this.#startNext()
        }
        done.then(ended, ended)
      }
      this.#waiting.push({ host, start })
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#underWay < AT_ONCE) {
      const index = this.#waiting.findIndex(({ host }) => (this.#busy.get(host) ?? 0) < AT_ONCE_PER_HOST)
      if (index < 0) return
      this.#waiting.splice(index, 1)[0]?.start()
    }
  }

  #change(host: string, by: 1 | -1): void {
    this.#underWay += by
    this.#busy.set(host, (this.#busy.get(host) ?? 0) + by)
  }
}
