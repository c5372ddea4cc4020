import { describe, expect, it } from 'vitest'
import { olderRun, run } from './__fixtures__/run.ts'
import { belongs, choicesOf, membership } from './part.ts'

const labels = (input = run()) => choicesOf(input).map(({ label }) => label)

describe('the choice of a part', () => {
  it('begins with the whole run', () => {
    expect(labels()).toEqual(['Whole run', 'scenario ramp', 'scenario background', 'turn 1', 'turn 2'])
    expect(choicesOf(run()).map(({ key }) => key)).toEqual([
      '',
      'scenario:ramp',
      'scenario:background',
      'turn:1',
      'turn:2',
    ])
  })

  it('leaves out the only scenario, which is the whole run', () => {
    const { summary } = run()
    const scenarios = summary.scenarios.slice(0, 1)
    expect(labels(run({ summary: { scenarios } }))).toEqual(['Whole run', 'turn 1', 'turn 2'])
  })

  it('finds the scenarios of runs that did not write down their parts', () => {
    expect(labels(olderRun())).toEqual(['Whole run', 'scenario ramp', 'scenario background'])
  })
})

describe('belonging to a part', () => {
  const choices = choicesOf(run())

  it('needs every tag of it', () => {
    const [whole, ramp, , turn1] = choices
    const tags = { scenario: 'ramp', turn: '2' }
    expect([whole, ramp, turn1].map((part) => part !== undefined && belongs(tags, part))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is told as the numbers of the parts', () => {
    expect(membership({ scenario: 'background', turn: '1' }, choices)).toBe('0 2 3')
    expect(membership({}, choices)).toBe('0')
  })
})
