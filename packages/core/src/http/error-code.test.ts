import { describe, expect, it } from 'vitest'
import type { Failure } from '../model/failure.ts'
import { errorCodeOf, UNREADABLE_CODING } from './error-code.ts'

const connection = (fault: Failure['fault'], code?: string): Failure => ({
  class: 'connection',
  message: '',
  ...(fault === undefined ? {} : { fault }),
  ...(code === undefined ? {} : { code }),
})

describe("k6's error codes", () => {
  it.each<[number, Failure | undefined, number]>([
    [0, undefined, 200],
    [0, undefined, 302],
    [1404, undefined, 404],
    [1503, undefined, 503],
    [1050, { class: 'timeout', phase: 'total', message: '' }, 0],
    [1211, { class: 'timeout', phase: 'connect', message: '', code: 'ETIMEDOUT' }, 0],
    [1101, connection('dns', 'ENOTFOUND'), 0],
    [1100, connection('dns', 'EAI_AGAIN'), 0],
    [1212, connection('refused', 'ECONNREFUSED'), 0],
    [1220, connection('reset'), 200],
    [1310, connection('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 0],
    [1300, connection('tls', 'EPROTO'), 0],
    [1200, connection('other'), 0],
    [1000, { class: 'malformed', message: '' }, 0],
    [1701, { class: 'malformed', message: '', code: UNREADABLE_CODING }, 200],
  ])('%i', (code, failure, status) => {
    expect(errorCodeOf(failure, status)).toBe(code)
  })
})
