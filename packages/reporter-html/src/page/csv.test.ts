import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('writes rows, and nothing where there is no value', () => {
  expect(
    csvOf([
      ['at', 'p50 (ms)'],
      [1, 2.5],
      [2, null],
    ]),
  ).toBe('at,p50 (ms)\r\n1,2.5\r\n2,\r\n')
})

it.each([
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
])('quotes %j', (text, cell) => {
  expect(csvOf([[text]])).toBe(`${cell}\r\n`)
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('keeps %j from being a formula', (text) => {
  expect(csvOf([[text]])).toBe(`'${text}\r\n`)
})

it('leaves negative numbers alone', () => {
  expect(csvOf([[-1]])).toBe('-1\r\n')
})
