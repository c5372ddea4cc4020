import { expect, it } from 'vitest'
import { warmUps } from './warm-up.ts'

const warmUp = (at: number, until: number) => ({ kind: 'warm-up', at, until }) as const

it.each([
  ['one', [warmUp(0, 5)], [[0, 5]]],
  ['two at once, of which one is longer', [warmUp(0, 5), warmUp(0, 3)], [[0, 5]]],
  ['one that begins as another ends', [warmUp(2, 5), warmUp(0, 2)], [[0, 5]]],
  [
    'two apart',
    [warmUp(10, 12), warmUp(0, 2)],
    [
      [0, 2],
      [10, 12],
    ],
  ],
  ['other moments', [{ kind: 'stage', at: 3 } as const], []],
])('joins %s', (_, markers, stretches) => {
  expect(warmUps(markers).map(({ from, to }) => [from, to])).toEqual(stretches)
})
