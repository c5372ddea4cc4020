import { describe, expect, it } from 'vitest'
import { paint } from '../paint.ts'
import { facts, scenario, threshold } from './__fixtures__/facts.ts'
import { frame } from './frame.ts'
import { inAscii, showsUnicode } from './signs.ts'

describe('showsUnicode', () => {
  it.each<[NodeJS.ProcessEnv, NodeJS.Platform, boolean]>([
    [{ LANG: 'en_US.UTF-8' }, 'linux', true],
    [{ LANG: 'C.utf8' }, 'linux', true],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', false],
    [{ LC_ALL: '', LC_CTYPE: 'de_DE.UTF-8', LANG: 'C' }, 'linux', true],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', false],
    [{ WT_SESSION: 'a' }, 'win32', true],
  ])('takes %o on %s for %s', (env, platform, expected) => {
    expect(showsUnicode(env, platform)).toBe(expected)
  })
})

describe('inAscii', () => {
  it('leaves nothing but ASCII of what is painted, in the same columns', () => {
    const run = facts({
      scenarios: [scenario(), scenario({ state: 'finishing' })],
      thresholds: [threshold(), threshold({ passed: false })],
      stopping: { signal: 'SIGINT', left: 1_000 },
    })
    for (const line of frame(run, { columns: 60, rows: 24 }, paint(false))) {
      expect(inAscii(line)).toMatch(/^[ -~]*$/)
      expect(inAscii(line).length).toBe(line.length)
    }
  })
})
