import { describe, expect, it, vi } from 'vitest'
import { fakeScope } from './__fixtures__/fake-scope.ts'
import { check } from './check.ts'
import { exec } from './exec.ts'
import { group } from './group.ts'
import { Counter, Gauge, Rate, scriptMetrics, Trend } from './metrics.ts'
import { randomItem } from './random-item.ts'
import { currentScope, runInScope } from './scope.ts'
import { SharedArray } from './shared-array.ts'
import { sleep } from './sleep.ts'

describe('check', () => {
  it('records one value per condition under its name, and tells whether all hold', () => {
    const { scope, added } = fakeScope()
    const all = runInScope(scope, () =>
      check(4, { even: (n) => n % 2 === 0, big: (n) => n > 10, given: true }, { kind: 'x' }),
    )
    expect(all).toBe(false)
    expect(added).toEqual([
      { name: 'checks', value: 1, tags: { scenario: 'spike', kind: 'x', check: 'even' } },
      { name: 'checks', value: 0, tags: { scenario: 'spike', kind: 'x', check: 'big' } },
      { name: 'checks', value: 1, tags: { scenario: 'spike', kind: 'x', check: 'given' } },
    ])
  })

  it('records a condition that throws as failed, and throws on', () => {
    const { scope, added } = fakeScope()
    const conditions = {
      throws: () => {
        throw new Error('no')
      },
    }
    expect(() => runInScope(scope, () => check(1, conditions))).toThrow('no')
    expect(added).toMatchObject([{ value: 0 }])
  })

  it('refuses an async condition, which would always hold', () => {
    const { scope } = fakeScope()
    expect(() => runInScope(scope, () => check(1, { later: async () => false }))).toThrow(/async/)
  })

  it('refuses a tag that would hide it from its metric', () => {
    const { scope, added } = fakeScope()
    const checks = () => check(1, { one: true }, { outcome: 'given' })
    expect(() => runInScope(scope, checks)).toThrow('the tag "outcome" is set by loadbench itself')
    expect(added).toEqual([])
  })

  it('works outside of a run, recording nothing', () => {
    expect(check(1, { one: (n) => n === 1 })).toBe(true)
  })

  it('records nothing for a VU that was cut off', () => {
    const { scope, added } = fakeScope()
    scope.vu.closed = true
    runInScope(scope, () => check(1, { one: true }))
    expect(added).toEqual([])
  })
})

describe('group', () => {
  it('nests its name into the tag of everything inside, async or not', async () => {
    const { scope, added } = fakeScope()
    const result = await runInScope(scope, () =>
      group('outer', async () => {
        await Promise.resolve()
        check(1, { a: true })
        return group('inner', () => {
          check(1, { b: true })
          return 'back'
        })
      }),
    )
    expect(result).toBe('back')
    expect(added.map(({ name, tags }) => [name, tags['group'], tags['check']])).toEqual([
      ['checks', '::outer', 'a'],
      ['checks', '::outer::inner', 'b'],
      ['group_duration', '::outer::inner', undefined],
      ['group_duration', '::outer', undefined],
    ])
  })

  it('keeps groups that run side by side apart', async () => {
    const { scope, added } = fakeScope()
    const one = (name: string) =>
      group(name, async () => {
        await sleep(0.001)
        check(1, { done: true })
      })
    await runInScope(scope, () => Promise.all([one('a'), one('b')]))
    const groups = added.filter(({ name }) => name === 'checks').map(({ tags }) => tags['group'])
    expect(groups.toSorted()).toEqual(['::a', '::b'])
  })

  it('records its time and passes on what it throws', () => {
    const { scope, added } = fakeScope()
    const boom = () =>
      group('g', () => {
        throw new Error('boom')
      })
    expect(() => runInScope(scope, boom)).toThrow('boom')
    expect(added).toMatchObject([{ name: 'group_duration' }])
  })
})

describe('metrics of a script', () => {
  it('record under the tags of the scope and their own', () => {
    const counter = new Counter('my_counter')
    const rate = new Rate('my_rate')
    const { scope, added } = fakeScope()
    runInScope(scope, () => {
      counter.add(2, { kind: 'x' })
      rate.add(5)
      rate.add(false)
    })
    expect(added).toEqual([
      { name: 'my_counter', value: 2, tags: { scenario: 'spike', kind: 'x' } },
      { name: 'my_rate', value: 1, tags: { scenario: 'spike' } },
      { name: 'my_rate', value: 0, tags: { scenario: 'spike' } },
    ])
  })

  it('take texts of numbers, as a script without types may give them', () => {
    const counter = new Counter('my_counter')
    const { scope, added } = fakeScope()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as a script without types may do
    runInScope(scope, () => counter.add('12' as unknown as number))
    expect(added).toMatchObject([{ value: 12 }])
  })

  it('leave out what is no finite number, and say so', () => {
    const counter = new Counter('my_counter')
    const { scope, added, leftOut } = fakeScope()
    const wrong: readonly unknown[] = [NaN, Infinity, undefined, null, 'abc', ' ', {}]
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as a script without types may do
    runInScope(scope, () => wrong.forEach((value) => counter.add(value as number)))
    expect(added).toEqual([])
    expect(leftOut).toEqual(wrong.map(() => 'my_counter'))
  })

  it('refuse a tag that would hide a value from its metric', () => {
    const counter = new Counter('my_counter')
    const { scope } = fakeScope()
    const add = () => counter.add(1, { scenario: 'other' })
    expect(() => runInScope(scope, add)).toThrow('the tag "scenario" is set by loadbench itself')
  })

  it('are known by name and type', () => {
    void new Trend('my_trend', true)
    void new Gauge('my_gauge')
    expect(scriptMetrics()).toEqual(
      expect.arrayContaining([
        { name: 'my_trend', type: 'trend', unit: 'ms' },
        { name: 'my_gauge', type: 'gauge', unit: '', across: 'last' },
      ]),
    )
  })

  it.each([
    ['a bad name', () => new Counter('2 bad'), /cannot be the name/],
    ['the name of another type', () => new Gauge('my_counter'), /is a counter already/],
    ["the name of one of loadbench's own", () => new Trend('ttft'), /"ttft" is loadbench's own/],
    [
      'an iteration as its place',
      () => runInScope(fakeScope().scope, () => new Counter('late')),
      /inside an iteration/,
    ],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message)
  })
})

describe('SharedArray', () => {
  it('reads once, and gives fresh frozen copies of its rows', () => {
    const read = vi.fn(() => [{ a: 1 }, { a: 2 }, { a: 3 }])
    const first = new SharedArray('rows', read)
    const second = new SharedArray<{ a: number }>('rows', read)
    expect(read).toHaveBeenCalledTimes(1)
    expect(second.length).toBe(3)
    expect(first[1]).toEqual({ a: 2 })
    expect(first[1]).not.toBe(first[1])
    expect(Object.isFrozen(first[1])).toBe(true)
    expect(first.at(-1)).toEqual({ a: 3 })
    expect(first[3]).toBeUndefined()
    expect([...second].map(({ a }) => a)).toEqual([1, 2, 3])
  })

  it('holds text of any script and the empty list', () => {
    expect([...new SharedArray('texts', () => ['漢字', '', '🚀'])]).toEqual(['漢字', '', '🚀'])
    expect(new SharedArray('none', () => []).length).toBe(0)
  })
})

describe('sleep', () => {
  it('never ends for a VU that is cut off', async () => {
    const { scope } = fakeScope()
    const after = vi.fn()
    runInScope(scope, () => sleep(0.02)).then(after, after)
    for (const one of scope.vu.running) one.interrupt()
    await new Promise((resolve) => {
      setTimeout(resolve, 60)
    })
    // Neither woken nor thrown at: a script that caught it would go on as if nothing had happened.
    expect(after).not.toHaveBeenCalled()
    expect(scope.vu.running.size).toBe(0)
  })
})

describe('randomItem', () => {
  it('draws the same items for the same VU in every run', () => {
    const draw = () =>
      runInScope(fakeScope().scope, () => Array.from({ length: 20 }, () => randomItem(['a', 'b', 'c'])))
    expect(draw()).toEqual(draw())
    expect(new Set(draw()).size).toBe(3)
  })

  it('refuses an empty list', () => {
    expect(() => randomItem([])).toThrow(/empty list/)
  })
})

describe('exec', () => {
  it('tells an iteration where it is', () => {
    const { scope } = fakeScope()
    runInScope(scope, () => {
      expect(exec.vu.idInTest).toBe(7)
      expect(exec.vu.iterationInScenario).toBe(3)
      expect(exec.scenario.name).toBe('spike')
      expect(exec.scenario.progress).toBe(0.5)
      expect(exec.scenario.env['A']).toBe('b')
      expect(exec.scenario.iterationInTest).toBe(12)
      expect(exec.instance.vusInitialized).toBe(4)
      expect(exec.test.options.seed).toBe(1)
    })
  })

  it('changes the tags of what comes after, but not those of the scenario', () => {
    const { scope } = fakeScope()
    runInScope(scope, () => {
      exec.vu.metrics.tags = { user: 'a', scenario: 'forged' }
      expect(currentScope()?.tags).toEqual({ user: 'a', scenario: 'spike' })
      exec.vu.metrics.tags['turn'] = '2'
      group('inner', () => {
        delete exec.vu.metrics.tags['user']
        expect(currentScope()?.tags).toEqual({ turn: '2', scenario: 'spike', group: '::inner' })
      })
      expect(currentScope()?.tags).toEqual({ turn: '2', scenario: 'spike' })
    })
  })

  it('leaves the run alone once its VU was cut off', () => {
    const { scope } = fakeScope()
    const abort = vi.spyOn(scope.vu.control, 'abort')
    const fail = vi.spyOn(scope.vu.control, 'fail')
    scope.vu.closed = true
    runInScope(scope, () => {
      exec.test.fail()
      expect(() => exec.test.abort()).toThrow()
    })
    expect(abort).not.toHaveBeenCalled()
    expect(fail).not.toHaveBeenCalled()
  })

  it('says what to do when it is read at the top of a script', () => {
    expect(() => exec.vu.idInTest).toThrow(/outside of a run/)
  })
})
