import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bar, sparkline } from './graphs.ts'

describe('bar', () => {
  it.each([
    [0, '░░░░'],
    [0.001, '█░░░'],
    [0.5, '██░░'],
    [0.999, '███░'],
    [1, '████'],
  ])('of %s is neither empty nor full before it is so', (share, text) => {
    expect(bar(share, 4)).toBe(text)
  })

  it('has the width asked for', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 99 }), (of, width) => bar(of, width).length === width),
    )
  })
})

describe('sparkline', () => {
  it('rises from 0 to the largest value, with a blank where there is none', () => {
    expect(sparkline([0, 1, undefined, 4, 8], 10)).toBe('▁▁ ▄█')
  })

  it('shows the last values where there are too many', () => {
    expect(sparkline([8, 8, 1, 8], 2)).toBe('▁█')
  })

  it.each([
    ['without a value', [], ''],
    ['of nothing but zeros', [0, 0], '▁▁'],
  ])('is plain %s', (_, values, text) => {
    expect(sparkline(values, 10)).toBe(text)
  })
})
