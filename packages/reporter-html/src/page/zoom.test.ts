import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOVES, WHOLE_TIME, type Window } from './zoom.ts'

const move = (name: string, window: Window) => MOVES[name]?.(window)

describe('a move of the time shown', () => {
  it.each([
    ['in', { start: 0, end: 100 }, { start: 25, end: 75 }],
    ['in', { start: 0, end: 10 }, { start: 2.5, end: 7.5 }],
    ['out', { start: 40, end: 50 }, { start: 35, end: 55 }],
    ['out', { start: 0, end: 60 }, WHOLE_TIME],
    ['earlier', { start: 40, end: 60 }, { start: 30, end: 50 }],
    ['earlier', { start: 5, end: 25 }, { start: 0, end: 20 }],
    ['later', { start: 90, end: 100 }, { start: 90, end: 100 }],
    ['all', { start: 90, end: 95 }, WHOLE_TIME],
  ])('%s from %j leads to %j', (name, from, to) => {
    expect(move(name, from)).toEqual(to)
  })

  it('never leaves the run and never ends where there is nothing to see', () => {
    const window = fc
      .tuple(fc.double({ min: 0, max: 99, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }))
      .map(([start, width]) => ({ start, end: Math.min(100, start + width) }))
    const moves = fc.array(fc.constantFrom(...Object.keys(MOVES)), { maxLength: 20 })
    fc.assert(
      fc.property(window, moves, (from, names) => {
        const { start, end } = names.reduce<Window>((at, name) => move(name, at) ?? at, from)
        expect(start).toBeGreaterThanOrEqual(-1e-9)
        expect(end).toBeLessThanOrEqual(100 + 1e-9)
        expect(end - start).toBeGreaterThan(0.99)
      }),
    )
  })
})
