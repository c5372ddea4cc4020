import { execFile } from 'node:child_process'
import { getPriority, setPriority } from 'node:os'
import { FIRST_THREADS } from '../model/first-threads.ts'

/** Niceness of what is not urgent. Enough for a worker to get its core soon, and not to starve the others. */
const NICENESS = 10

/** Niceness alone does not keep a thread that wakes up from taking the core of one that runs. This class does. */
const AS_BATCH = 'for thread; do chrt -b -p 0 "$thread"; done'

/**
 * Gives workers the right of way on Linux. Where cores are few, the main thread, which gathers and shows, and the
 * threads of V8 that compile would keep a worker from reading what has arrived, for milliseconds at a time. To be
 * called before a run's clock starts, and when all workers have a thread: threads inherit from the one that starts
 * them. Niceness that the process has already stays.
 */
export function giveWorkersWay(): void {
  for (const thread of FIRST_THREADS) {
    try {
      if (getPriority(thread) < NICENESS) setPriority(thread, NICENESS)
    } catch {
      // It has ended, or the system does not allow it: measured all the same, with the delays there are.
    }
  }
  if (FIRST_THREADS.length > 0) makeBatch(FIRST_THREADS)
}

/** Node cannot choose a thread's class itself. Where there is no chrt, or it may not be run, niceness has to do. */
function makeBatch(threads: readonly number[]): void {
  try {
    execFile('sh', ['-c', AS_BATCH, 'sh', ...threads.map(String)], () => undefined)
  } catch {
    // As above.
  }
}
