import { stackTemplate } from '../model/message-kind.ts'
import type { ScriptErrorDelta } from '../model/snapshot.ts'
import { stackOf } from '../script/load.ts'
import type { MainLink } from './main-link.ts'
import { MessageKinds, MessageTally } from './message-kinds.ts'

/** Kinds told whole while the run goes; further ones are only counted. */
const KINDS_TOLD = 10
/** Characters of a stack that is kept. */
const LONGEST_STACK = 2_000

type Stacks = NonNullable<ScriptErrorDelta['stacks']>

interface Group extends Pick<ScriptErrorDelta, 'kind' | 'scenario'> {
  count: number
  readonly messages: MessageTally
  readonly stacks: Stacks[number][]
}

/**
 * What a script throws and does not catch. Each kind is told once, when it first comes: a script that fails in
 * every iteration tells one stack, not a million. How often each message came goes into the snapshots.
 */
export class FailureLog {
  readonly #link: MainLink
  readonly #told = new Set<string>()
  readonly #kinds = new Map<string, MessageKinds>()
  #groups = new Map<string, Group>()

  constructor(link: MainLink) {
    this.#link = link
  }

  /** @param scenario `''` of a rejection: nobody waited for the promise, so it is not known whose it was. */
  note(kind: ScriptErrorDelta['kind'], scenario: string, error: unknown): void {
    const stack = stackOf(error)
    this.#tell(kind, scenario, stack)
    const place = `${kind} ${scenario}`
    let group = this.#groups.get(place)
    if (group === undefined) {
      group = { kind, scenario, count: 0, messages: new MessageTally(), stacks: [] }
      this.#groups.set(place, group)
    }
    group.count += 1
    let kinds = this.#kinds.get(place)
    if (kinds === undefined) this.#kinds.set(place, (kinds = new MessageKinds()))
    const [message = ''] = stack.split('\n    at ', 1)
    const found = kinds.of(message)
    if (found === undefined) return
    group.messages.add(found)
    if (found.fresh) group.stacks.push({ text: found.text, stack: stack.slice(0, LONGEST_STACK) })
  }

  #tell(kind: ScriptErrorDelta['kind'], scenario: string, text: string): void {
    const key = `${kind} ${scenario} ${stackTemplate(text)}`
    if (this.#told.has(key) || this.#told.size >= KINDS_TOLD) return
    this.#told.add(key)
    this.#link.post({ type: 'script-error', kind, scenario, text })
  }

  /** What was noted since the last call. */
  drain(): readonly ScriptErrorDelta[] {
    if (this.#groups.size === 0) return []
    const groups = this.#groups
    this.#groups = new Map()
    return Array.from(groups.values(), ({ messages, stacks, ...delta }) => ({
      ...delta,
      messages: messages.deltas(),
      ...(stacks.length === 0 ? {} : { stacks }),
    }))
  }
}
