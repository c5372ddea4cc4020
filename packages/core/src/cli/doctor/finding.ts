/** `good`: nothing to do. `doubtful`: may colour the numbers. `bad`: will. `unknown`: cannot be seen here. */
export type State = 'good' | 'doubtful' | 'bad' | 'unknown'

/** One thing `loadbench doctor` looked at. */
export interface Finding {
  /** `open files`, `timers`: what was looked at. */
  readonly name: string
  readonly state: State
  /** What is the case. */
  readonly found: string
  /** What to do about it; with every `doubtful` and `bad`. */
  readonly advice?: string
}

export function good(name: string, found: string): Finding {
  return { name, state: 'good', found }
}

export function doubtful(name: string, found: string, advice: string): Finding {
  return { name, state: 'doubtful', found, advice }
}

export function bad(name: string, found: string, advice: string): Finding {
  return { name, state: 'bad', found, advice }
}

export function unknown(name: string, found: string): Finding {
  return { name, state: 'unknown', found }
}
