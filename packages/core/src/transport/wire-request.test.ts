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

const BYTES = Buffer.from('x')
const READ = { readAt: 5 }
const resume = () => undefined

describe('a request on a wire', () => {
  it('gives what it is told the time of the read it came with, an end by failure its own', () => {
    const { listener, heard } = listening()
    const read = { readAt: 5 }
    const request = new WireRequest(listener, read)
    request.onHeaders(200, [], resume)
    request.onData(BYTES)
    read.readAt = 7
    request.onData(BYTES)
    request.onError(new Error('gone'))
    expect(heard.slice(0, 3)).toEqual([
      ['head', 5],
      ['data', 5],
      ['data', 7],
    ])
    expect(heard[3]?.[1]).toBeGreaterThan(7)
  })

  it('passes over what precedes the answer', () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener, READ)
    request.onHeaders(103, [], resume)
    request.onHeaders(200, [], resume)
    expect(heard).toHaveLength(1)
  })

  it.each(['onComplete', 'onError'] as const)('says nothing after %s', (ending) => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener, READ)
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
    const request = new WireRequest(listener, READ)
    request.mute()
    request.onRequestSent()
    request.onHeaders(200, [], resume)
    request.onData(BYTES)
    request.onError(new Error('cut'))
    expect(heard).toEqual([])
  })

  it('aborted before it had a connection, is aborted when it gets one', () => {
    const { listener, heard } = listening()
    const request = new WireRequest(listener, READ)
    const aborts: unknown[] = []
    request.abort(new Error('too late'))
    request.onConnect((error) => aborts.push(error?.message))
    expect(aborts).toEqual(['too late'])
    expect(heard).toEqual([])
  })

  it('joins headers that come twice, and lowers their names', () => {
    const heads: unknown[] = []
    const request = new WireRequest(
      { ...listening().listener, head: (head, bytes) => heads.push(head, bytes) },
      READ,
    )
    request.onHeaders(
      200,
      ['X-A', '1', 'x-a', '2', 'Y', 'ü'].map((text) => Buffer.from(text)),
      resume,
    )
    expect(heads).toEqual([{ status: 200, headers: { 'x-a': '1, 2', y: 'ü' } }, 23])
  })
})
