import type { Failure } from '../model/failure.ts'
import { messageText } from '../model/message-kind.ts'
import type { ErrorDelta } from '../model/snapshot.ts'
import type { ErrorExample } from '../model/error-summary.ts'
import type { Tags } from '../model/tags.ts'
import { MessageKinds, MessageTally } from './message-kinds.ts'

/** Examples of each class with their whole message; a summary shows the five that came first on all shards together. */
const WHOLE_EXAMPLES = 5
/** Combinations of tags told apart in one interval; further failures count under their scenario alone. */
const MOST_TAGGED = 100
/** Counts of messages in one interval, all groups together; what comes beyond has its class, and no message. */
const MOST_COUNTS = 500

/** Where and when a failure came. */
export type FailurePlace = Pick<ErrorExample, 'scenario' | 'at' | 'id'>

interface Group extends Pick<ErrorDelta, 'class' | 'scenario' | 'tags' | 'example'> {
  count: number
  readonly examples: ErrorExample[]
  readonly messages: MessageTally
}

/** What one class has told so far. */
interface Told {
  readonly kinds: MessageKinds
  examples: number
}

/**
 * Counts failures by class, place and message. A hundred thousand different messages take the room of a
 * few: what is kept here, and what travels of one interval, is bounded whatever comes.
 */
export class ErrorLog {
  readonly #by: readonly string[]
  readonly #told = new Map<Failure['class'], Told>()
  #groups = new Map<string, Group>()
  #tagged = 0
  #counts = 0

  /** @param by tags besides `scenario` whose values failures are told apart by. */
  constructor(by: readonly string[]) {
    this.#by = by.filter((tag) => tag !== 'scenario')
  }

  /** @param tags all of the request. */
  note(failure: Failure, place: FailurePlace, tags: Tags): void {
    const group = this.#groupOf(failure, place.scenario, tags)
    group.count += 1
    const told = this.#toldOf(failure.class)
    const kind = told.kinds.of(failure.message)
    if (kind === undefined) return
    if (kind.fresh) {
      const whole = told.examples++ < WHOLE_EXAMPLES
      const message = whole ? failure.message : messageText(failure.message)
      group.examples.push(exampleOf({ ...failure, message }, place))
    }
    if (!group.messages.has(kind.text)) {
      if (this.#counts >= MOST_COUNTS) return
      this.#counts += 1
    }
    group.messages.add(kind)
  }

  #toldOf(name: Failure['class']): Told {
    let told = this.#told.get(name)
    if (told === undefined) this.#told.set(name, (told = { kinds: new MessageKinds(), examples: 0 }))
    return told
  }

  #groupOf(failure: Failure, scenario: string, all: Tags): Group {
    const untagged = `${failure.class} ${failure.phase ?? failure.fault ?? ''} ${scenario}`
    if (this.#by.length === 0) return this.#group(untagged, failure, scenario)
    const values = this.#by.map((tag) => all[tag] ?? '')
    const key = [untagged, ...values].join('\u0000')
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    if (this.#tagged >= MOST_TAGGED) return this.#group(untagged, failure, scenario)
    this.#tagged += 1
    return this.#group(
      key,
      failure,
      scenario,
      Object.fromEntries(this.#by.map((tag) => [tag, all[tag] ?? ''])),
    )
  }

  #group(key: string, example: Failure, scenario: string, tags?: Tags): Group {
    let group = this.#groups.get(key)
    if (group === undefined) {
      group = {
        class: example.class,
        scenario,
        ...(tags && { tags }),
        count: 0,
        example,
        examples: [],
        messages: new MessageTally(),
      }
      this.#groups.set(key, group)
    }
    return group
  }

  /** What was noted since the last call. */
  drain(): readonly ErrorDelta[] {
    const groups = this.#groups
    if (groups.size === 0) return []
    this.#groups = new Map()
    this.#tagged = 0
    this.#counts = 0
    return Array.from(groups.values(), ({ examples, messages, ...delta }) => ({
      ...delta,
      messages: messages.deltas(),
      ...(examples.length === 0 ? {} : { examples }),
    }))
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
