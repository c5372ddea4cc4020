import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phasesOf, timingsOf } from './timings.ts'

const CONNECTED = { startedAt: 100, connectedAt: 130 }

describe('the phases of a request', () => {
  it.each([
    [
      'on a new connection',
      { ...CONNECTED, sentAt: 131, headersAt: 150, endedAt: 155 },
      { connecting: 10, tlsHandshaking: 20 },
      {
        blocked: 30,
        connecting: 10,
        tls_handshaking: 20,
        sending: 1,
        waiting: 19,
        receiving: 5,
        duration: 25,
      },
    ],
    [
      'on one that stood',
      { startedAt: 100, connectedAt: 100, sentAt: 101, headersAt: 150, endedAt: 155 },
      {},
      { blocked: 0, sending: 1, waiting: 49, receiving: 5, duration: 55 },
    ],
    [
      'that never got an answer',
      { ...CONNECTED, sentAt: 131, headersAt: undefined, endedAt: 160 },
      {},
      { blocked: 30, sending: 1, waiting: 29, duration: 30 },
    ],
    [
      'answered before it was sent as a whole',
      { ...CONNECTED, sentAt: 151, headersAt: 150, endedAt: 155 },
      {},
      { blocked: 30, sending: 20, waiting: 0, receiving: 5, duration: 25 },
    ],
    [
      'that never had a connection',
      { startedAt: 100, connectedAt: undefined, sentAt: undefined, headersAt: undefined, endedAt: 160 },
      { connecting: 10 },
      { connecting: 10 },
    ],
  ])('%s', (_, stamps, connect, expected) => {
    expect(phasesOf(stamps, connect)).toEqual(expected)
  })

  it('add up to the duration, whatever the order of the stamps', () => {
    const later = fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: undefined })
    fc.assert(
      fc.property(later, later, fc.integer({ min: 0, max: 1_000 }), (sent, headers, receiving) => {
        const endedAt = 1_000 + receiving
        const {
          sending,
          waiting,
          receiving: received,
          duration,
        } = timingsOf(
          phasesOf({ startedAt: 0, connectedAt: 0, sentAt: sent, headersAt: headers, endedAt }, {}),
        )
        expect(sending + waiting + received).toBe(duration)
        expect(Math.min(sending, waiting, received)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
