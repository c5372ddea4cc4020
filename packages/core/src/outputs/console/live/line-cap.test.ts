import { describe, expect, it } from 'vitest'
import { LineCap } from './line-cap.ts'

function capAt(most: number) {
  const clock = { now: 0 }
  return { clock, cap: new LineCap(most, () => clock.now) }
}

describe('a cap on lines', () => {
  it('lets so many through in a second, and says in the next how many it did not', () => {
    const { cap, clock } = capAt(2)
    expect([cap.pass('a'), cap.pass('b'), cap.pass('c'), cap.pass('d')]).toEqual(['a', 'b', '', ''])
    clock.now = 1_000
    expect(cap.pass('e')).toBe('… 2 lines left out\ne')
    expect(cap.due()).toBe('')
  })

  it('counts the lines of a text, and cuts one that is too long', () => {
    const { cap } = capAt(2)
    expect(cap.pass('a\nb\nc')).toBe('a\nb')
    expect(cap.rest()).toBe('… 1 line left out')
    expect(cap.rest()).toBe('')
  })
})
