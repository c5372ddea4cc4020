import { describe, expect, it } from 'vitest'
import { clockOf } from './run-clock.ts'

const shown = (text: string) => text.replaceAll('\u202f', ' ')

describe('the clock of a run', () => {
  it.each([
    [0, '0:00', '0:00.0', '0:00'],
    [5, '0:05', '0:05.0', '0:05'],
    [5.25, '0:05.3', '0:05.3', '0:05.25'],
    [12.34, '0:12.3', '0:12.3', '0:12.34'],
    [59.96, '1:00', '1:00.0', '0:59.96'],
    [750, '12:30', '12:30.0', '12:30'],
    [3_723, '1:02:03', '1:02:03.0', '1:02:03'],
  ])('of hours says of %d s %s, in a column %s, on an axis %s', (seconds, said, listed, tick) => {
    const clock = clockOf(7_200)
    expect([clock.said(seconds), clock.listed(seconds), clock.tick(seconds)]).toEqual([said, listed, tick])
  })

  it.each([
    [0.157, 0, '0 s', '0.000 s', '0 s'],
    [0.157, 0.0408, '0.041 s', '0.041 s', '0.041 s'],
    [3, 0.5, '0.5 s', '0.50 s', '0.5 s'],
    [3, 1.254, '1.25 s', '1.25 s', '1.254 s'],
  ])('of %d s says of %d s %s, in a column %s, on an axis %s', (length, seconds, said, listed, tick) => {
    const clock = clockOf(length)
    expect([clock.said(seconds), clock.listed(seconds), clock.tick(seconds)].map(shown)).toEqual([
      said,
      listed,
      tick,
    ])
  })
})
