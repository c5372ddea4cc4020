import { describe, expect, it } from 'vitest'
import { settledArguments } from './arguments.ts'

describe('--simulate', () => {
  it.each([
    [
      ['run', '--simulate', 'spike.ts'],
      ['run', '--simulate=', 'spike.ts'],
    ],
    [
      ['run', 'spike.ts', '--simulate'],
      ['run', 'spike.ts', '--simulate='],
    ],
    [
      ['run', 'spike.ts', '--simulate', '--quiet'],
      ['run', 'spike.ts', '--simulate=', '--quiet'],
    ],
    [
      ['run', '--simulate', '{"ttft":5}', 'spike.ts'],
      ['run', '--simulate', '{"ttft":5}', 'spike.ts'],
    ],
    [
      ['run', '--simulate', 'slow.json', 'spike.ts'],
      ['run', '--simulate', 'slow.json', 'spike.ts'],
    ],
    [
      ['run', '--simulate={"ttft":5}', 'spike.ts'],
      ['run', '--simulate={"ttft":5}', 'spike.ts'],
    ],
  ])('of %j takes settings and nothing else', (given, settled) => {
    expect(settledArguments(given)).toEqual(settled)
  })
})
