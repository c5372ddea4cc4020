import { describe, expect, it } from 'vitest'
import type { Millis } from '../model/clock.ts'
import { WireRequest, type WireListener } from './wire-request.ts'

/** Notes every stamp it is given. */
function listening(): { listener: WireListener; heard: [string, Millis | undefined][] } {
  const heard: [string, Millis | undefined][] = []
  return {
    heard,
    listener: {
      connected: () => heard.push(['connected', undefined]),
      sent: (at) => heard.push(['sent', at]),
      head: (_, _bytes, at) => heard.push(['head', at]),
      data: (_, at) => heard.push(['data', at]),
      end: (at) => heard.push(['end', at]),
      fail: (_, at) => heard.push(['fail', at]),
    },
  }
}

/** An immediate ends the turn it was asked for in, and a timer asked for in it begins a later one. */
const turn = () => new Promise((resolve) => setImmediate(() => setTimeout(resolve, 1)))
const busy = (millis: Millis) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}
const BYTES = Buffer.from('x')
const resume = () => undefined

describe('a request on a wire', () => {
  it('gives one stamp to all that arrives in one turn of the event loop, however long the turn is', async () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener)
    request.onHeaders(200, [], resume)
    busy(3)
    request.onData(BYTES)
    busy(3)
    request.onData(BYTES)
    await turn()
    request.onData(BYTES)
    request.onComplete()
    const stamps = heard.map(([, at]) => at ?? Number.NaN)
    expect(heard.map(([what]) => what)).toEqual(['head', 'data', 'data', 'data', 'end'])
    expect(new Set(stamps).size).toBe(2)
    expect(stamps[2]).toBe(stamps[0])
    expect(stamps[4]).toBe(stamps[3])
    expect((stamps[3] ?? 0) - (stamps[0] ?? 0)).toBeGreaterThan(5)
  })

  it('two requests of one turn are stamped each by its own read', () => {
    const one = listening()
    const other = listening()
    new WireRequest(one.listener).onData(BYTES)
    busy(3)
    new WireRequest(other.listener).onData(BYTES)
    expect((other.heard[0]?.[1] ?? 0) - (one.heard[0]?.[1] ?? 0)).toBeGreaterThan(2)
  })

  it('passes over what precedes the answer', () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener)
    request.onHeaders(103, [], resume)
    request.onHeaders(200, [], resume)
    expect(heard).toHaveLength(1)
  })

  it.each(['onComplete', 'onError'] as const)('says nothing after %s', (ending) => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener)
    if (ending === 'onComplete') request.onComplete()
    else request.onError(new Error('first'))
    request.onHeaders(200, [], resume)
    request.onData(BYTES)
    request.onComplete()
    request.onError(new Error('late'))
    request.onRequestSent()
    expect(heard).toHaveLength(1)
  })

  it('says nothing once muted', () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener)
    request.mute()
    request.onRequestSent()
    request.onHeaders(200, [], resume)
    request.onData(BYTES)
    request.onError(new Error('cut'))
    expect(heard).toEqual([])
  })

  it('aborted before it had a connection, is aborted when it gets one', () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener)
    const aborts: unknown[] = []
    request.abort(new Error('too late'))
    request.onConnect((error) => aborts.push(error?.message))
    expect(aborts).toEqual(['too late'])
    expect(heard).toEqual([])
  })

  it('joins headers that come twice, and lowers their names', () => {
    const heads: unknown[] = []
    const request = new WireRequest({
      ...listening().listener,
      head: (head, bytes) => heads.push(head, bytes),
    })
    request.onHeaders(
      200,
      ['X-A', '1', 'x-a', '2', 'Y', 'ü'].map((text) => Buffer.from(text)),
      resume,
    )
    expect(heads).toEqual([{ status: 200, headers: { 'x-a': '1, 2', y: 'ü' } }, 23])
  })
})
