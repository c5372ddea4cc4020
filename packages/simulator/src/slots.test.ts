import { describe, expect, it } from 'vitest'
import { Slots } from './slots.ts'

describe('slots', () => {
  it('are taken at once while there are any, then in the order of arrival', () => {
    const slots = new Slots(2, Infinity)
    const begun: string[] = []
    const leave = ['a', 'b', 'c', 'd'].map((name) =>
      slots.take((waited) => begun.push(waited ? `${name} waited` : name)),
    )
    expect(begun).toEqual(['a', 'b'])
    expect([slots.held, slots.queued]).toEqual([2, 2])
    leave[1]?.()
    expect(begun).toEqual(['a', 'b', 'c waited'])
    leave[0]?.()
    expect(begun).toEqual(['a', 'b', 'c waited', 'd waited'])
    expect([slots.held, slots.queued]).toEqual([2, 0])
  })

  it('pass over those who left the queue', () => {
    const slots = new Slots(1, Infinity)
    const begun: string[] = []
    const [first, second] = ['a', 'b', 'c'].map((name) => slots.take(() => begun.push(name)))
    second?.()
    first?.()
    expect(begun).toEqual(['a', 'c'])
  })

  it('are given back once only', () => {
    const slots = new Slots(1, Infinity)
    const leave = slots.take(() => {})
    slots.take(() => {})
    leave?.()
    leave?.()
    expect([slots.held, slots.queued]).toEqual([1, 0])
  })

  it('turn away whom the queue has no room for', () => {
    const slots = new Slots(1, 1)
    expect(slots.take(() => {})).toBeDefined()
    expect(slots.take(() => {})).toBeDefined()
    expect(slots.take(() => {})).toBeUndefined()
    expect(new Slots(1, 0).take(() => {})).toBeDefined()
  })
})
