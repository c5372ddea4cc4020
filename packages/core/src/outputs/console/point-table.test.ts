import { describe, expect, it } from 'vitest'
import { pointTable } from './point-table.ts'

const rows = [
  ['', 'avg', 'max'],
  ['ttft', '304', '1,312'],
  ['itl', '9.98', '10.1'],
  ['none', '—', '0.5'],
]

describe('a table of numbers', () => {
  it('has their points one below the other', () => {
    expect(pointTable(rows, 1, 80)).toEqual([
      '         avg      max',
      'ttft  304     1,312',
      'itl     9.98     10.1',
      'none    —         0.5',
    ])
  })

  it.each([
    [20, ['        avg     max', 'ttft 304    1,312', 'itl    9.98    10.1', 'none   —        0.5']],
    [19, ['        avg     max', 'ttft 304    1,312', 'itl    9.98    10.1', 'none   —        0.5']],
    [18, ['       avg    max', 'ttft   304  1,312', 'itl   9.98   10.1', 'none     —    0.5']],
    [15, ['      avg   max', 'ttft  304 1,312', 'itl  9.98  10.1', 'none    —   0.5']],
  ])('gives up gaps, then points, where only %s columns are there', (width, expected) => {
    expect(pointTable(rows, 1, width)).toEqual(expected)
  })
})
