import { inspect } from 'node:util'
import { LoadbenchError } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import { RESERVED_TAGS, type Tags } from '../model/tags.ts'
import { deepFreeze } from './deep-freeze.ts'
import { currentScope, type InstanceFacts, type Scope, type VuState } from './scope.ts'

/** Ends an iteration by `exec.test.abort()`. */
export class TestAborted extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'TestAborted'
  }
}

function scopeOf(what: string): Scope {
  const scope = currentScope()
  if (scope !== undefined) return scope
  throw new LoadbenchError(
    'LB_INIT_ONLY',
    `exec.${what} was read outside of a run`,
    'Read it inside setup(), an iteration or teardown(), not at the top of the script.',
  )
}

function scenarioOf(what: string) {
  const { scenario } = scopeOf(what).vu
  if (scenario !== undefined) return scenario
  throw new LoadbenchError(
    'LB_INIT_ONLY',
    `exec.${what} was read outside of a scenario`,
    'setup() and teardown() belong to no scenario; read it inside an iteration.',
  )
}

const vu = {
  /** 1-based, unique in the test; 0 in setup() and teardown(). */
  get idInTest(): number {
    return scopeOf('vu').vu.idInTest
  },
  /** 1-based, unique in this process. */
  get idInInstance(): number {
    return scopeOf('vu').vu.idInInstance
  },
  /** 0-based, over all scenarios this VU works for. */
  get iterationInInstance(): number {
    return scopeOf('vu').vu.iterationInInstance
  },
  /** 0-based. */
  get iterationInScenario(): number {
    return scopeOf('vu').vu.iterationInScenario
  },
  metrics: {
    /**
     * Tags of everything this VU records from now on, in this iteration and later ones. Set one
     * (`exec.vu.metrics.tags['user'] = 'a'`) or all (`= { … }`); loadbench's own stay as they are.
     */
    get tags(): Record<string, string> {
      const { vu: state } = scopeOf('vu')
      return new Proxy(
        { ...state.tags },
        {
          set: (tags, name, value) => Reflect.set(tags, name, String(value)) && replaceTags(state, tags),
          deleteProperty: (tags, name) => Reflect.deleteProperty(tags, name) && replaceTags(state, tags),
        },
      )
    },
    set tags(tags: Tags) {
      replaceTags(scopeOf('vu').vu, tags)
    },
  },
}

/** @returns true, as the traps of a proxy must. */
function replaceTags(state: VuState, tags: Tags): true {
  const own = Object.entries(tags).filter(([name]) => !RESERVED_TAGS.includes(name))
  const system = Object.entries(state.tags).filter(([name]) => RESERVED_TAGS.includes(name))
  state.tags = Object.freeze(Object.fromEntries([...own, ...system]))
  return true
}

const scenario = {
  get name(): string {
    return scenarioOf('scenario').name
  },
  get executor(): string {
    return scenarioOf('scenario').executor
  },
  /** Wall clock, ms since 1970. */
  get startTime(): number {
    return scenarioOf('scenario').startTime
  },
  /** 0 to 1. */
  get progress(): number {
    return scenarioOf('scenario').progress()
  },
  /** The environment, with the scenario's `env` over it. */
  get env(): Readonly<Record<string, string | undefined>> {
    return { ...process.env, ...scenarioOf('scenario').env }
  },
  /** 0-based and unique in the test; gaps are possible. */
  get iterationInTest(): number {
    return scopeOf('scenario').vu.iterationInTest
  },
  /** As `iterationInTest`, for this process. */
  get iterationInInstance(): number {
    return scopeOf('scenario').vu.iterationInTest
  },
}

const instance: InstanceFacts = {
  get iterationsCompleted() {
    return scopeOf('instance').vu.instance.iterationsCompleted
  },
  get iterationsInterrupted() {
    return scopeOf('instance').vu.instance.iterationsInterrupted
  },
  get vusActive() {
    return scopeOf('instance').vu.instance.vusActive
  },
  get vusInitialized() {
    return scopeOf('instance').vu.instance.vusInitialized
  },
  get currentTestRunDuration() {
    return scopeOf('instance').vu.instance.currentTestRunDuration
  },
}

const test = {
  /** The options as resolved, frozen. */
  get options(): Plan {
    return deepFreeze(scopeOf('test').vu.options)
  },
  /** Ends the whole run now: iterations are interrupted, teardown() still runs, exit code 108. */
  abort(reason: unknown = 'exec.test.abort() was called'): never {
    const { vu: state } = scopeOf('test.abort')
    // A VU that was cut off decides nothing any more.
    const words = wordsOf(reason)
    if (!state.closed) state.control.abort(words)
    throw new TestAborted(words)
  },
  /** Marks the run as failed: it goes on to its end, exit code 110. */
  fail(reason: unknown = 'exec.test.fail() was called'): void {
    const { vu: state } = scopeOf('test.fail')
    if (!state.closed) state.control.fail(wordsOf(reason))
  },
}

function wordsOf(reason: unknown): string {
  if (reason instanceof Error) return String(reason)
  return typeof reason === 'string' ? reason : inspect(reason)
}

/** What a running script can know of itself and do to its run (k6/execution). */
export const exec = { vu, scenario, instance, test }
