import { formatDuration } from '../model/duration.ts'
import type { Millis } from '../model/clock.ts'
import { LoadbenchError } from '../model/errors.ts'

/** As long as setup() has by default. */
const LIMIT: Millis = 60_000

/**
 * Waits for the top level of a script, which may await something.
 * @throws LB_SCRIPT_FAILED when that takes too long, or can never come because nothing goes on any more: Node would end
 * the process without a word.
 */
export async function withinLimit<T>(loading: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined
  const never = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(stuck(`for longer than ${formatDuration(LIMIT)}`)), LIMIT)
    // Only a wait for something that goes on lasts until then.
    timer.unref()
    const idle = () => reject(stuck('for what never comes'))
    process.once('beforeExit', idle)
    stop = () => {
      clearTimeout(timer)
      process.off('beforeExit', idle)
    }
  })
  try {
    return await Promise.race([loading, never])
  } finally {
    stop()
  }
}

function stuck(how: string): LoadbenchError {
  return new LoadbenchError(
    'LB_SCRIPT_FAILED',
    `the top level of the script waited ${how}`,
    'Look at each await outside of a function; what takes long belongs into setup().',
  )
}
