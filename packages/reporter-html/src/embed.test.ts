import fc from 'fast-check'
import { expect, it } from 'vitest'
import { embedJson } from './embed.ts'

it('gives back every value, and none of it can be markup', () => {
  const hostile = fc.constantFrom('</script>', '<!--', '<script>', '&lt;', '\u2028', '\u2029', ']]>')
  const text = fc.array(fc.oneof(hostile, fc.string()), { maxLength: 5 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null))), (value) => {
      const json = embedJson(value)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(json).not.toMatch(/[<>&\u2028\u2029]/)
    }),
  )
})
