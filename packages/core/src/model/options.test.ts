import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What an editor shows for each option: its name and the comment above it. */
const options = ['options.ts', 'scenario.ts'].flatMap((file) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const found = text.matchAll(/(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?^ +readonly (\w+)(\??): (.*)$/gm)
  return Array.from(found, ([, comment = '', name = '', mark, type = '']) => {
    return { name: `${file} ${name}`, comment, optional: mark === '?', type }
  }).filter(({ name }) => !name.endsWith(' executor'))
})

describe('every option', () => {
  it('is found by this test', () => {
    expect(options.length).toBeGreaterThan(50)
  })

  it.each(options)('$name tells an editor what it is, its unit, its default and an example', (option) => {
    const { comment, optional, type } = option
    expect(comment.replaceAll(/@\w+.*/g, '').replaceAll(/[*\s]/g, '')).not.toBe('')
    expect(comment).toMatch(/@example \S/)
    if (optional) expect(comment).toMatch(/@default \S/)
    else expect(comment).toContain('Must be given.')
    if (type === 'Duration') expect(comment).toMatch(/\bms\b[^]*\btext\b/)
  })
})
