import { describe, expect, it } from 'vitest'
import { chooseFault, FAULT_NAMES, type FaultOdds } from './faults.ts'
import { seeded } from './random.ts'

describe('the choice of a fault', () => {
  it('is none without odds, and sure with the odds of 1', () => {
    for (let n = 1; n <= 100; n++) {
      expect(chooseFault({}, seeded(1, n))).toBeUndefined()
      expect(chooseFault({ stall: 1 }, seeded(1, n))).toBe('stall')
    }
  })

  it('meets each one as often as its odds say, at most one to a request', () => {
    const odds: FaultOdds = { 'rate-limit': 0.2, truncate: 0.05, empty: 0.5 }
    const counts = new Map<string | undefined, number>()
    for (let n = 1; n <= 20_000; n++) {
      const fault = chooseFault(odds, seeded(7, n))
      counts.set(fault, (counts.get(fault) ?? 0) + 1)
    }
    expect((counts.get('rate-limit') ?? 0) / 20_000).toBeCloseTo(0.2, 1.5)
    expect((counts.get('truncate') ?? 0) / 20_000).toBeCloseTo(0.05, 1.5)
    expect((counts.get('empty') ?? 0) / 20_000).toBeCloseTo(0.5, 1.5)
    expect(new Set(counts.keys())).toEqual(new Set(['empty', 'rate-limit', 'truncate', undefined]))
  })

  it('takes one draw whatever the odds, so that they do not change what else is random', () => {
    const after = (odds: FaultOdds) => {
      const random = seeded(1, 1)
      chooseFault(odds, random)
      return random()
    }
    expect(after({})).toBe(after(Object.fromEntries(FAULT_NAMES.map((name) => [name, 0.01]))))
  })
})
