import fc from 'fast-check'
import type { Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { Answer } from '../answer/answer.ts'
import { ReasoningTags } from './reasoning-tags.ts'

/** Thoughts and text of an answer that came in these pieces. */
function read(pieces: readonly string[]): { thought: string; text: string; parts: readonly Part[] } {
  const answer = new Answer()
  const tags = new ReasoningTags(answer)
  for (const piece of pieces) tags.text(piece)
  tags.end()
  const parts = answer.take()
  const all = (type: Part['type']) =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
  return { thought: all('reasoning-delta'), text: all('text-delta'), parts }
}

describe('thoughts in tags', () => {
  it.each([
    ['<reasoning>Hm.</reasoning>Yes.', 'Hm.', 'Yes.'],
    ['<reasoning>Hm.', 'Hm.', ''],
    ['<reasoning>a < b, </b> </reason</reasoning>', 'a < b, </b> </reason', ''],
    ['<reasoning></reasoning>Yes.', '', 'Yes.'],
    ['Yes.', '', 'Yes.'],
    ['<reason', '', '<reason'],
    ['Yes <reasoning>no</reasoning>', '', 'Yes <reasoning>no</reasoning>'],
    ['<reasoning>a</reasoning>b<reasoning>c</reasoning>', 'a', 'b<reasoning>c</reasoning>'],
  ])('%s', (whole, thought, text) => {
    expect(read([whole])).toMatchObject({ thought, text })
    expect(read(whole.split(''))).toMatchObject({ thought, text })
  })

  it('are the same however they are cut, and nothing is lost', () => {
    const pieces = fc.array(
      fc.constantFrom('<', '</', 'reasoning', '>', '<reasoning>', '</reasoning>', 'x', ' '),
    )
    fc.assert(
      fc.property(pieces, (all) => {
        const { thought, text } = read(all)
        const whole = all.join('')
        expect(read([whole])).toMatchObject({ thought, text })
        const tags = whole.length - thought.length - text.length
        expect([0, '<reasoning>'.length, '<reasoning></reasoning>'.length]).toContain(tags)
      }),
    )
  })

  it('come as soon as they can be no tag', () => {
    const answer = new Answer()
    const tags = new ReasoningTags(answer)
    tags.text('<reasoning>Hm')
    expect(answer.take()).toEqual([{ type: 'reasoning-delta', text: 'Hm' }])
    tags.text('</x')
    expect(answer.take()).toEqual([{ type: 'reasoning-delta', text: '</x' }])
  })
})
