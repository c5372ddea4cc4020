import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAddress, writeAddress } from './choice.ts'

it.each([
  ['', { part: '', section: '' }],
  ['#errors', { part: '', section: 'errors' }],
  ['#part=turn%3A2', { part: 'turn:2', section: '' }],
  ['#part=turn:2', { part: 'turn:2', section: '' }],
  ['#errors&part=turn%3A2', { part: 'turn:2', section: 'errors' }],
  ['#part=%E0%A4%A', { part: '', section: '' }],
])('reads %j', (hash, address) => {
  expect(readAddress(hash)).toEqual(address)
})

it('reads back whatever name a part has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', 'errors'), (part, section) => {
      const whole = { part: part.toWellFormed(), section }
      expect(readAddress(writeAddress(whole))).toEqual(whole)
    }),
  )
})
