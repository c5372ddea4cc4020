import type { Failure } from '../model/failure.ts'
import type { ErrorDelta } from '../model/snapshot.ts'
import type { ErrorExample } from '../model/summary.ts'

/** Different messages kept of each class; enough for the five that came first on all shards together. */
const MOST_EXAMPLES = 5

/** Where and when a failure came. */
export type FailurePlace = Pick<ErrorExample, 'scenario' | 'at' | 'id'>

interface Group {
  readonly class: Failure['class']
  readonly scenario: string
  count: number
  readonly example: Failure
  readonly examples: ErrorExample[]
}

/**
 * Counts failures, grouped so that a hundred thousand different messages take the room of one, and keeps
 * the first different messages of each class.
 */
export class ErrorLog {
  #groups = new Map<string, Group>()
  readonly #messages = new Map<Failure['class'], Set<string>>()

  note(failure: Failure, place: FailurePlace): void {
    const key = `${failure.class} ${failure.phase ?? failure.fault ?? ''} ${place.scenario}`
    let group = this.#groups.get(key)
    if (group === undefined) {
      const { scenario } = place
      this.#groups.set(
        key,
        (group = { class: failure.class, scenario, count: 0, example: failure, examples: [] }),
      )
    }
    group.count += 1
    if (this.#isNew(failure)) group.examples.push(exampleOf(failure, place))
  }

  #isNew({ class: name, message }: Failure): boolean {
    let seen = this.#messages.get(name)
    if (seen === undefined) this.#messages.set(name, (seen = new Set()))
    if (seen.has(message) || seen.size >= MOST_EXAMPLES) return false
    seen.add(message)
    return true
  }

  /** What was noted since the last call. */
  drain(): readonly ErrorDelta[] {
    const groups = this.#groups
    if (groups.size === 0) return []
    this.#groups = new Map()
    return Array.from(groups.values(), ({ examples, ...delta }) =>
      examples.length === 0 ? delta : { ...delta, examples },
    )
  }
}

function exampleOf({ message, status, code }: Failure, place: FailurePlace): ErrorExample {
  return {
    message,
    ...place,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
  }
}
