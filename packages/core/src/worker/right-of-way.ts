import { getPriority, setPriority } from 'node:os'
import { FIRST_THREADS } from '../model/first-threads.ts'

/** Niceness of what is not urgent. Enough for a worker to get its core at once, and not to starve the others. */
const NICENESS = 10

/**
 * Gives workers the right of way on Linux. Where cores are few, the main thread, which gathers and shows, and the
 * threads of V8 that compile would keep a worker from reading what has arrived, for milliseconds at a time. To be
 * called before a run's clock starts. Niceness that the process has already stays.
 */
export function giveWorkersWay(): void {
  for (const thread of FIRST_THREADS) {
    try {
      if (getPriority(thread) < NICENESS) setPriority(thread, NICENESS)
    } catch {
      // It has ended, or the system does not allow it: measured all the same, with the delays there are.
    }
  }
}
