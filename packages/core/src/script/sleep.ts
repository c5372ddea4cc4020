import { abandoned, type Interruptible } from '../model/interrupt.ts'
import { currentScope } from './scope.ts'

/**
 * Waits. Must be awaited: `await sleep(0.5)`. Where the end of the run cuts it off, nothing after it happens.
 * @param seconds as in k6; fractions allowed.
 */
export function sleep(seconds: number): Promise<void> {
  const vu = currentScope()?.vu
  if (vu?.closed === true) return abandoned()
  const running = vu?.running
  return new Promise((resolve) => {
    const waiting: Interruptible = {
      interrupt() {
        clearTimeout(timer)
        running?.delete(waiting)
      },
    }
    const timer = setTimeout(
      () => {
        running?.delete(waiting)
        resolve()
      },
      // Node turns a longer delay into none at all.
      Math.min(Math.max(0, seconds * 1_000), 0x7fff_ffff),
    )
    running?.add(waiting)
  })
}
