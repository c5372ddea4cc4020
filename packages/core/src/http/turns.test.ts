import { describe, expect, it } from 'vitest'
import { Turns } from './turns.ts'

/** Work that ends when it is told to. */
function jobs(turns: Turns, hosts: readonly string[]) {
  const started: number[] = []
  const ends: (() => void)[] = []
  const done = hosts.map((host, index) =>
    turns.run(host, () => {
      started.push(index)
      return new Promise<number>((resolve) => (ends[index] = () => resolve(index)))
    }),
  )
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { started, done, end: (index: number) => (ends[index]?.(), settled()) }
}

describe('the requests of a batch', () => {
  it('are at most 6 to one server, and the next begins when one ends', async () => {
    const { started, end } = jobs(
      new Turns(),
      Array.from({ length: 8 }, () => 'a'),
    )
    expect(started).toEqual([0, 1, 2, 3, 4, 5])
    await end(3)
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('are at most 20 in all', async () => {
    const hosts = Array.from({ length: 24 }, (_, index) => `server ${index}`)
    const { started, end } = jobs(new Turns(), hosts)
    expect(started).toHaveLength(20)
    await end(0)
    expect(started.at(-1)).toBe(20)
  })

  it('to a free server do not wait behind those to a busy one', () => {
    const { started } = jobs(new Turns(), ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'b'])
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 7])
  })

  it('give back what each gave, also a failure, after which the next has its turn', async () => {
    const turns = new Turns()
    const failing = Array.from({ length: 7 }, (_, index) =>
      turns.run('a', () => Promise.reject(new Error(`${index}`))),
    )
    const outcomes = await Promise.allSettled(failing)
    expect(outcomes.map((one) => one.status === 'rejected' && String(one.reason))).toEqual(
      failing.map((_, index) => `Error: ${index}`),
    )
  })
})
