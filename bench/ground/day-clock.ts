// A clock for a day that takes minutes: `performance.now()` and the timers stand still until told to move.
// To be imported before anything that reads a clock.
import { mock } from 'node:test'

let now = performance.now()
performance.now = () => now
mock.timers.enable({ apis: ['setTimeout'] })

/** Lets so much time pass, and runs what becomes due. */
export function pass(millis: number): void {
  now += millis
  mock.timers.tick(millis)
}
