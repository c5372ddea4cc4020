import { readdirSync } from 'node:fs'

/**
 * Ids of the threads this process has as its first code is loaded: the main thread, and those of V8 that compile and
 * collect garbage. Linux alone tells them; elsewhere there are none. Import it before anything that starts a thread.
 */
export const FIRST_THREADS: readonly number[] = threads()

function threads(): number[] {
  if (process.platform !== 'linux') return []
  try {
    return readdirSync('/proc/self/task').map(Number)
  } catch {
    return []
  }
}
