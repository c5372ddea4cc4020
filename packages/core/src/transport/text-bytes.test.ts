import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TextBytes } from './text-bytes.ts'

it('what is added bit by bit is one text, and nothing of the text before is in it', () => {
  const texts = fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 2_000 }), { maxLength: 8 }))
  fc.assert(
    fc.property(texts, (answers) => {
      for (const pieces of answers) {
        const text = TextBytes.begin()
        for (const piece of pieces) {
          const bytes = Buffer.from(`<${piece}>`)
          text.add(bytes, 1, bytes.length - 1)
        }
        expect(text.end()).toBe(pieces.join(''))
      }
    }),
    { numRuns: 50 },
  )
})

it('two texts that come at once stay apart', () => {
  const [one, two] = [TextBytes.begin(), TextBytes.begin()]
  for (const letter of 'abc') {
    one.add(Buffer.from(letter), 0, 1)
    two.add(Buffer.from(letter.toUpperCase()), 0, 1)
  }
  expect([one.end(), two.end()]).toEqual(['abc', 'ABC'])
})
