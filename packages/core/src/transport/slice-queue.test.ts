import { describe, expect, it } from 'vitest'
import type { Millis } from '../model/clock.ts'
import { SliceQueue, type SliceLimits } from './slice-queue.ts'

const busy = (millis: Millis) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}
const immediate = () => new Promise((resolve) => setImmediate(resolve))

/** A queue of which each entry takes `millis`, and the numbers worked on so far. */
function filled(
  entries: number,
  millis: Millis,
  limits?: SliceLimits,
): { queue: SliceQueue<number>; done: number[] } {
  const done: number[] = []
  const work = (entry: number) => {
    done.push(entry)
    busy(millis)
  }
  const queue = new SliceQueue(work, limits)
  for (let number = 1; number <= entries; number += 1) queue.add(number)
  return { queue, done }
}

describe('work in slices', () => {
  it('begins when the sockets were looked at, and is done in its order', async () => {
    const { done } = filled(5, 0)
    expect(done).toEqual([])
    await immediate()
    expect(done).not.toEqual([])
    await expect.poll(() => done).toEqual([1, 2, 3, 4, 5])
  })

  it('stops after a slice, so that sockets are looked at in between', async () => {
    const { done } = filled(3, 1)
    const seen: number[] = []
    while (done.length < 3) {
      // oxlint-disable-next-line no-await-in-loop -- one turn of the event loop after the other
      await immediate()
      seen.push(done.length)
    }
    expect(seen).toEqual([1, 2, 3])
  })

  it('of no length has one entry', async () => {
    const { done } = filled(3, 0, { slice: 0 })
    await immediate()
    expect(done).toEqual([1])
    await expect.poll(() => done).toEqual([1, 2, 3])
  })

  it('does what came meanwhile after what had waited', async () => {
    const { queue, done } = filled(2, 1)
    await immediate()
    queue.add(9)
    await immediate()
    await immediate()
    expect(done).toEqual([1, 2, 9])
  })

  it('goes on after work that threw', async () => {
    const done: number[] = []
    const queue = new SliceQueue((entry: number) => {
      if (entry === 1) throw new Error('no')
      done.push(entry)
    })
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve))
    const others = process.listeners('uncaughtException').slice(0, -1)
    for (const other of others) process.off('uncaughtException', other)
    for (const entry of [1, 2, 3]) queue.add(entry)
    await thrown
    for (const other of others) process.on('uncaughtException', other)
    await expect.poll(() => done).toEqual([2, 3])
  })

  it('is done all at once where more waits than may', async () => {
    const { done } = filled(3, 1, { most: 2 })
    await immediate()
    expect(done).toEqual([1, 2, 3])
  })
})
