import { describe, expect, it } from 'vitest'
import type { Millis } from '../model/clock.ts'
import { ReadQueue } from './read-queue.ts'

const busy = (millis: Millis) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}
const immediate = () => new Promise((resolve) => setImmediate(resolve))

/** A queue of which each entry takes `millis`, and the numbers delivered so far. */
function filled(entries: number, millis: Millis): { queue: ReadQueue; delivered: number[] } {
  const queue = new ReadQueue()
  const delivered: number[] = []
  for (let number = 0; number < entries; number += 1)
    queue.add({
      deliver: () => {
        delivered.push(number)
        busy(millis)
      },
    })
  return { queue, delivered }
}

describe('the queue of reads', () => {
  it('delivers nothing before the sockets were looked at, then all in its order', async () => {
    const { delivered } = filled(5, 0)
    expect(delivered).toEqual([])
    await immediate()
    expect(delivered).toEqual([0, 1, 2, 3, 4])
  })

  it('delivers a slice at a time, so that sockets are looked at in between', async () => {
    const { delivered } = filled(3, 1)
    const seen: number[] = []
    while (delivered.length < 3) {
      // oxlint-disable-next-line no-await-in-loop -- one turn of the event loop after the other
      await immediate()
      seen.push(delivered.length)
    }
    expect(seen).toEqual([1, 2, 3])
  })

  it('delivers what came meanwhile after what had waited', async () => {
    const { queue, delivered } = filled(2, 1)
    await immediate()
    queue.add({ deliver: () => delivered.push(9) })
    await immediate()
    await immediate()
    expect(delivered).toEqual([0, 1, 9])
  })

  it('delivers all at once where too much waits', async () => {
    const { delivered } = filled(2_100, 0.001)
    await immediate()
    expect(delivered).toHaveLength(2_100)
  })
})
