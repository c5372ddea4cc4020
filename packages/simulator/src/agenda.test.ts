import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Agenda, type Steps } from './agenda.ts'
import { now } from './clock.ts'

interface Taken {
  readonly name: string
  readonly due: number
  readonly at: number
}

/** Steps at the given times; says when each was taken. */
function steps(name: string, dues: readonly number[], taken: Taken[]) {
  let finish = (): void => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  function* run(): Steps {
    for (const due of dues) {
      yield due
      taken.push({ name, due, at: now() })
    }
    finish()
  }
  return { run: run(), done }
}

describe('an agenda', () => {
  it('takes each step when it is due, in order, and never before', async () => {
    const agenda = new Agenda()
    const taken: Taken[] = []
    const start = now()
    const a = steps(
      'a',
      [300, 310, 320].map((ms) => start + ms),
      taken,
    )
    const b = steps(
      'b',
      [305, 315].map((ms) => start + ms),
      taken,
    )
    agenda.play(a.run)
    agenda.play(b.run)
    await Promise.all([a.done, b.done])
    expect(taken.map(({ name }) => name).join('')).toBe('ababa')
    for (const { due, at } of taken) expect(at).toBeGreaterThanOrEqual(due)
    expect(agenda.lateness.count).toBe(5)
    expect(agenda.lateness.max).toBeGreaterThanOrEqual(agenda.lateness.mean)
  })

  it('wakes for a step that is due before the one it waits for', async () => {
    const agenda = new Agenda()
    const taken: Taken[] = []
    agenda.play(steps('late', [now() + 60_000], taken).run)
    const early = steps('early', [now() + 5], taken)
    agenda.play(early.run)
    await early.done
    expect(taken).toHaveLength(1)
    agenda.clear()
  })

  it('takes what is overdue one after the other, so that lateness does not add up', async () => {
    const agenda = new Agenda()
    const taken: Taken[] = []
    const start = now()
    const late = steps('a', [start - 30, start - 20, start - 10], taken)
    agenda.play(late.run)
    await late.done
    expect(taken.map(({ due }) => due - start)).toEqual([-30, -20, -10])
    expect(agenda.lateness.max).toBeGreaterThanOrEqual(30)
  })

  it('lets the event loop have its turns however much is overdue', async () => {
    const agenda = new Agenda()
    function* forever(): Steps {
      for (;;) yield 1
    }
    const cancel = agenda.play(forever())
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    cancel()
    expect(agenda.lateness.count).toBeGreaterThan(3)
  })

  it('takes no step of what was called off', async () => {
    const agenda = new Agenda()
    const taken: Taken[] = []
    const cancel = agenda.play(steps('a', [now() + 5], taken).run)
    const other = steps('b', [now() + 10], taken)
    agenda.play(other.run)
    cancel()
    await other.done
    expect(taken.map(({ name }) => name)).toEqual(['b'])
  })

  it('never comes back to a step that is due at no time', async () => {
    const agenda = new Agenda()
    const taken: Taken[] = []
    agenda.play(steps('a', [Infinity], taken).run)
    await sleep(5)
    expect(taken).toEqual([])
  })
})
