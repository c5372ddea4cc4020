import { describe, expect, it } from 'vitest'
import { MANIFEST } from './__fixtures__/manifest.ts'
import { SUMMARY } from './__fixtures__/summary.ts'
import type { Output } from './output.ts'
import { Outputs } from './outputs.ts'

const INTERVAL = { second: 0, time: '2026-11-20T14:25:02Z', points: [] }
const patient = (work: Promise<void>) => work

/** Outputs by name, with what they were told and what was reported. */
function several(outputs: Readonly<Record<string, Partial<Output>>>) {
  const calls: string[] = []
  const reported: string[] = []
  const named = Object.entries(outputs).map(([name, output]) => ({
    name,
    output: { end: () => void calls.push(`${name} ended`), ...output },
  }))
  return { outputs: new Outputs(named, (problem) => reported.push(problem)), calls, reported }
}

const broken = (): never => {
  throw new Error('disk full')
}

describe('several outputs', () => {
  it.each<[string, Partial<Output>]>([
    ['throws', { interval: broken }],
    ['rejects', { interval: () => Promise.reject(new Error('disk full')) }],
  ])('go on without one that %s; it is named once and hears nothing more', async (_, output) => {
    let seconds = 0
    const { outputs, calls, reported } = several({
      bad: output,
      good: { interval: () => void (seconds += 1) },
    })
    outputs.interval(INTERVAL)
    outputs.interval(INTERVAL)
    await outputs.end(SUMMARY, patient)
    expect(seconds).toBe(2)
    expect(calls).toEqual(['good ended'])
    expect(reported).toEqual(['The output bad failed and was left out: disk full'])
    expect(outputs.problems).toEqual(reported)
  })

  it('end without one that cannot', async () => {
    const { outputs, calls, reported } = several({ bad: { end: broken }, good: {} })
    await outputs.end(SUMMARY, patient)
    expect(calls).toEqual(['good ended'])
    expect(reported).toEqual(['The output bad failed and was left out: disk full'])
  })

  it('end without one that takes too long', async () => {
    const { outputs, calls, reported } = several({
      slow: { end: () => new Promise(() => undefined) },
      good: {},
    })
    const late = new Promise<never>((_, reject) => setImmediate(reject, new Error('too long')))
    await outputs.end(SUMMARY, (work) => Promise.race([work, late]))
    expect(calls).toEqual(['good ended'])
    expect(reported).toEqual(['The output slow failed and was left out: too long'])
  })

  it('end when what they still wrote of the seconds is written', async () => {
    let write = (): void => undefined
    const writing = new Promise<void>((resolve) => {
      write = resolve
    })
    const { outputs, calls } = several({ one: { interval: () => writing } })
    outputs.interval(INTERVAL)
    const ended = outputs.end(SUMMARY, patient)
    await new Promise(setImmediate)
    expect(calls).toEqual([])
    write()
    await ended
    expect(calls).toEqual(['one ended'])
  })

  it('that cannot begin end the command before any load', async () => {
    const { outputs } = several({ good: { start: () => undefined }, bad: { start: broken } })
    await expect(outputs.start(MANIFEST)).rejects.toMatchObject({
      code: 'LB_OUTPUT_INVALID',
      message: 'the output bad cannot begin: disk full',
    })
  })

  it('have no seconds worked out that nobody takes', () => {
    expect(several({ one: {} }).outputs.any).toBe(false)
    expect(several({ one: {}, two: { interval: () => undefined } }).outputs.any).toBe(true)
  })
})
