import { Interrupted, type Interruptible } from '../model/interrupt.ts'
import { currentScope } from './scope.ts'

/**
 * Waits. Must be awaited: `await sleep(0.5)`. The end of the run cuts it short.
 * @param seconds as in k6; fractions allowed.
 */
export function sleep(seconds: number): Promise<void> {
  const running = currentScope()?.vu.running
  return new Promise((resolve, reject) => {
    const waiting: Interruptible = {
      interrupt() {
        clearTimeout(timer)
        running?.delete(waiting)
        reject(new Interrupted())
      },
    }
    const timer = setTimeout(
      () => {
        running?.delete(waiting)
        resolve()
      },
      Math.max(0, seconds * 1_000),
    )
    running?.add(waiting)
  })
}
