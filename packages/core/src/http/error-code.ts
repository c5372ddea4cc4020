import type { Failure } from '../model/failure.ts'

/** k6's numbers, where loadbench can tell the cases apart. */
const TIMEOUT = 1050
const GENERAL = 1000
const BY_CODE: Readonly<Record<string, number>> = {
  ENOTFOUND: 1101,
  ETIMEDOUT: 1211,
  ECONNREFUSED: 1212,
  ECONNRESET: 1220,
  EPIPE: 1201,
  DEPTH_ZERO_SELF_SIGNED_CERT: 1310,
  SELF_SIGNED_CERT_IN_CHAIN: 1310,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 1310,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 1310,
  ERR_TLS_CERT_ALTNAME_INVALID: 1311,
}
const BY_FAULT = { dns: 1100, refused: 1212, reset: 1220, tls: 1300, other: 1200 } as const

/** `error_code` of an answer whose body is not what its `content-encoding` says. */
export const UNREADABLE_CODING = 'UNREADABLE_CODING'

/** k6's `error_code`: 0 for a good answer, 1400 to 1599 for an HTTP status of 400 to 599, the others by cause. */
export function errorCodeOf(failure: Failure | undefined, status: number): number {
  if (failure === undefined) return status >= 400 ? 1000 + status : 0
  const { code, fault } = failure
  if (code === UNREADABLE_CODING) return 1701
  const known = code === undefined ? undefined : BY_CODE[code]
  if (known !== undefined) return known
  if (failure.class === 'timeout') return TIMEOUT
  return fault === undefined ? GENERAL : BY_FAULT[fault]
}
