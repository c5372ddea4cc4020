import { describe, expect, it } from 'vitest'
import { safeText } from './safe-text.ts'

describe('text of scripts and servers', () => {
  it.each([
    [
      'keeps colours, line breaks and tabs',
      '\u001B[1;31mred\u001B[0m\n\tend',
      '\u001B[1;31mred\u001B[0m\n\tend',
    ],
    ['cannot clear the screen or move the cursor', 'a\u001B[2J\u001B[H\u001B[?25lb', 'ab'],
    ['cannot go back to the start of the line', 'one\r\ntwo\rthree', 'one\ntwothree'],
    ['cannot ring or erase', '\u0007a\b\u007F', 'a'],
    ['cannot use the controls of C1', 'a\u009B2Jb', 'a2Jb'],
  ])('%s', (_, text, expected) => {
    expect(safeText(text)).toBe(expected)
  })
})
