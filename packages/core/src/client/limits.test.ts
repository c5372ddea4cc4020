import { describe, expect, it } from 'vitest'
import type { Timeouts } from '../model/timeouts.ts'
import { limitsOf } from './limits.ts'

const STREAMED = {}
const WHOLE = { stream: false }

describe('the deadlines of a call', () => {
  it('are finite where nobody says anything', () => {
    expect(limitsOf(STREAMED, undefined, undefined)).toEqual({
      connect: 10_000,
      headers: 120_000,
      firstToken: 300_000,
      betweenTokens: 120_000,
      total: 600_000,
    })
  })

  it("are the call's, else the client's, in ms or as durations", () => {
    const client: Timeouts = { connect: '2s', firstToken: 5_000, total: '1m30s' }
    const call: Timeouts = { firstToken: '1.5s', betweenTokens: '250' }
    expect(limitsOf(STREAMED, client, call)).toMatchObject({
      connect: 2_000,
      firstToken: 1_500,
      betweenTokens: 250,
      total: 90_000,
    })
  })

  it('of an answer in one piece leave it all the time there is, as its headers come when it is done', () => {
    expect(limitsOf(WHOLE)).toMatchObject({ headers: 600_000, firstToken: 600_000, connect: 10_000 })
    expect(limitsOf(WHOLE, { total: '900s' })).toMatchObject({ headers: 900_000, firstToken: 900_000 })
    expect(limitsOf(WHOLE, { headers: '3s' })).toMatchObject({ headers: 3_000, firstToken: 600_000 })
  })

  it('pass over what is undefined', () => {
    const given: object = { headers: undefined, connect: 5 }
    expect(limitsOf(WHOLE, given)).toMatchObject({ headers: 600_000, connect: 5 })
  })

  it.each<[string, object]>([
    ['timeouts.total is 0', { total: 0 }],
    ['timeouts.total is -5', { total: -5 }],
    ['timeouts.connect is "soon"', { connect: 'soon' }],
    ['timeouts.connect is null', { connect: null }],
    ['timeouts.firsttoken is 5', { firsttoken: 5 }],
    ['timeouts.toString is 5', { toString: 5 }],
  ])('that cannot be read are refused: %s', (message, given) => {
    expect(() => limitsOf(STREAMED, given as Timeouts)).toThrow(
      expect.objectContaining({
        code: 'LB_CALL_INVALID',
        message,
        hint: expect.stringContaining('firstToken') as string,
      }),
    )
  })
})
