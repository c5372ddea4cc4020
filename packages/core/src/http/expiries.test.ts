import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { expiriesAfter, type Expiring } from './expiries.ts'

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
}

function named(name: string, told: string[]): Expiring {
  return { expire: () => told.push(name) }
}

describe('what expires', () => {
  it('is told once its time is over, the first first, and not before', async () => {
    const told: string[] = []
    const expiries = expiriesAfter(150)
    expiries.add(named('a', told))
    await sleep(60)
    expiries.add(named('b', told))
    expect(told).toEqual([])
    await sleep(100)
    expect(told[0]).toBe('a')
    await sleep(150)
    expect(told).toEqual(['a', 'b'])
  })

  it('is told nothing where it ended in time', async () => {
    const told: string[] = []
    const expiries = expiriesAfter(20)
    const ended = named('ended', told)
    expiries.add(ended)
    expiries.add(named('late', told))
    expiries.delete(ended)
    await sleep(60)
    expect(told).toEqual(['late'])
  })

  it('may begin another as it expires, which has its own time', async () => {
    const told: string[] = []
    const expiries = expiriesAfter(40)
    expiries.add({
      expire: () => {
        told.push('first')
        expiries.add(named('second', told))
      },
    })
    await sleep(60)
    expect(told).toEqual(['first'])
    await sleep(80)
    expect(told).toEqual(['first', 'second'])
  })

  it('keeps none waiting that is due soon after one that throws or begins another', async () => {
    const told: string[] = []
    const thrown = new Promise<unknown>((resolve) => {
      process.setUncaughtExceptionCaptureCallback(resolve)
    })
    onTestFinished(() => process.setUncaughtExceptionCaptureCallback(null))
    const expiries = expiriesAfter(200)
    expiries.add({
      expire: () => {
        expiries.add(named('another', told))
        throw new Error('no matter')
      },
    })
    await sleep(40)
    expiries.add(named('soon', told))
    await thrown
    await sleep(100)
    expect(told).toEqual(['soon'])
    await sleep(200)
    expect(told).toEqual(['soon', 'another'])
  })

  it('has one timer for all with the same time, and none for nothing', () => {
    const before = timers()
    const expiries = expiriesAfter(60_000)
    const all = ['a', 'b', 'c'].map((name) => named(name, []))
    for (const one of all) expiries.add(one)
    expect(timers()).toBe(before + 1)
    for (const one of all) expiries.delete(one)
    expect(timers()).toBe(before)
  })

  it('may have longer than a timer of Node can', async () => {
    const told: string[] = []
    const expiries = expiriesAfter(2 ** 40)
    const one = named('a', told)
    expiries.add(one)
    await sleep(30)
    expect(told).toEqual([])
    expiries.delete(one)
  })
})
