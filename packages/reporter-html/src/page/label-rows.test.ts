import { expect, it } from 'vitest'
import { rowsOf } from './label-rows.ts'

it.each([
  { name: 'far apart', centres: [50, 150, 250], rows: [0, 0, 0] },
  { name: 'close together', centres: [50, 60, 70], rows: [0, 1, 2] },
  { name: 'close to one neighbour', centres: [50, 60, 150], rows: [0, 1, 0] },
  { name: 'in no order', centres: [150, 60, 50], rows: [0, 1, 0] },
  { name: 'at one place', centres: [50, 50], rows: [0, 1] },
])('labels $name have rows in which they do not touch', ({ centres, rows }) => {
  expect(rowsOf(centres.map((centre) => ({ centre, text: 'p(95)<1s' })))).toEqual(rows)
})
