import type net from 'node:net'
import { describe, expect, it } from 'vitest'
import { carryOut, wireTo } from './__fixtures__/carry-out.ts'
import { chunk, event, finish, STREAM_HEAD, text } from './__fixtures__/parts-plugin.ts'
import { pause, rawServer } from './__fixtures__/servers.ts'
import { staleOr } from './stale.ts'

const ANSWER = STREAM_HEAD + chunk(event(text('a')) + event(finish)) + chunk('')

const answer = (socket: net.Socket) => void socket.write(ANSWER)

/** A connection on which one request was answered; to the next one the server does something else. */
const kept = async (then: (socket: net.Socket) => void) => {
  let requests = 0
  const server = await rawServer((socket) => {
    requests += 1
    if (requests === 2) then(socket)
    else answer(socket)
  })
  const wire = wireTo(server.url)
  expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
  return { server, wire }
}

describe('a request on a kept connection', () => {
  it.each([
    ['closes', (socket: net.Socket) => void socket.end()],
    ['resets', (socket: net.Socket) => void socket.resetAndDestroy()],
  ])('that the server %s without a byte of an answer is stale', async (_, close) => {
    const { server, wire } = await kept(close)
    const { failure, timeline } = await carryOut(server.url, { wire })
    expect(failure).toMatchObject({ class: 'stale_connection', fault: 'reset' })
    expect(timeline.headersAt).toBeUndefined()
    expect(server.connections).toBe(1)
    expect((await carryOut(server.url, { wire })).failure).toBeUndefined()
    expect(server.connections).toBe(2)
  })

  it('is stale in some of the calls of a client as patient as the server, and is never sent again', async () => {
    const IDLE = 20
    let requests = 0
    const server = await rawServer((socket) => {
      requests += 1
      socket.write(ANSWER)
      setTimeout(() => socket.end(), IDLE)
    })
    const wire = wireTo(server.url)
    const classes = new Set<string>()
    let well = 0
    for (let call = 0; call < 40; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { failure } = await carryOut(server.url, { wire })
      if (failure === undefined) well += 1
      else classes.add(failure.class)
      // oxlint-disable-next-line no-await-in-loop
      await pause(IDLE - 2 + (call % 5))
    }
    // Whichever way each race went, no reset is blamed on anything else.
    expect([...classes].filter((name) => name !== 'stale_connection')).toEqual([])
    expect(requests).toBeGreaterThanOrEqual(well)
    expect(requests).toBeLessThanOrEqual(40)
  })

  it('that breaks off in the middle of the answer is not stale', async () => {
    const { server, wire } = await kept((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      setTimeout(() => socket.resetAndDestroy(), 20)
    })
    expect((await carryOut(server.url, { wire })).failure).toMatchObject({ class: 'connection', status: 200 })
  })
})

describe('a request on a new connection', () => {
  it.each([
    ['closed', (socket: net.Socket) => void socket.end()],
    ['reset', (socket: net.Socket) => void socket.resetAndDestroy()],
  ])('that is %s before it answers fails as connection', async (_, close) => {
    const server = await rawServer(close)
    expect((await carryOut(server.url)).failure).toMatchObject({ class: 'connection', fault: 'reset' })
  })
})

describe('what is stale', () => {
  const reset = {
    class: 'connection',
    fault: 'reset',
    message: 'read ECONNRESET',
    code: 'ECONNRESET',
  } as const
  const use = { madeAt: 0, startedAt: 100, sentAt: 101, failedAt: 103, answered: false }

  it.each([
    ['a reset before any answer on a kept connection', reset, use, 'stale_connection'],
    [
      'a reset after a second of waiting: the server had it',
      reset,
      { ...use, failedAt: 1_200 },
      'connection',
    ],
    ['a reset on a connection of its own', reset, { ...use, madeAt: 100 }, 'connection'],
    ['a reset where no connection stood', reset, { ...use, madeAt: undefined }, 'connection'],
    ['a refusal', { ...reset, fault: 'refused' }, use, 'connection'],
    ['one HTTP/2 stream that is reset', { ...reset, code: 'ERR_HTTP2_STREAM_ERROR' }, use, 'connection'],
    ['a deadline', { class: 'timeout', phase: 'headers', message: 'late' }, use, 'timeout'],
  ] as const)('%s', (_, failure, how, expected) => {
    expect(staleOr(failure, how).class).toBe(expected)
  })
})
