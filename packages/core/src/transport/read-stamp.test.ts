import { expect, it } from 'vitest'
import type { Millis } from '../model/clock.ts'
import { TurnStamp } from './read-stamp.ts'

/** An immediate comes at the end of a turn, and one asked for there at the end of the next; a timer may come between. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
const busy = (millis: Millis) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}

it('is one for a turn of the event loop, however long the turn is', async () => {
  const stamp = new TurnStamp()
  const first = stamp.readAt
  busy(6)
  expect(stamp.readAt).toBe(first)
  await turn()
  expect(stamp.readAt).toBeGreaterThan(first + 5)
})

it('of each socket is its own, also within a turn', () => {
  const [one, other] = [new TurnStamp(), new TurnStamp()]
  const first = one.readAt
  busy(3)
  expect(other.readAt - first).toBeGreaterThan(2)
})
