import type { Millis } from '../model/clock.ts'
import type { ConnectTimes } from '../model/exchange.ts'

/** Where the time of a request went, ms; names are k6's. 0 for what did not happen. */
export interface HttpTimings {
  /** Until a connection was ready for it: DNS, TCP and TLS included where one had to be made. */
  readonly blocked: Millis
  /** DNS and TCP. */
  readonly connecting: Millis
  readonly tls_handshaking: Millis
  readonly sending: Millis
  /** From the last byte sent to the answer's head. */
  readonly waiting: Millis
  readonly receiving: Millis
  /** `sending + waiting + receiving`. */
  readonly duration: Millis
}

/** When what happened to one request, on the shared clock. */
export interface HopStamps {
  readonly startedAt: Millis
  readonly connectedAt: Millis | undefined
  readonly sentAt: Millis | undefined
  readonly headersAt: Millis | undefined
  readonly endedAt: Millis
}

/**
 * The phases of one request; what did not happen is missing. A request that never had a connection has
 * none of them.
 * @param connect of the connection made for it, where one was.
 */
export function phasesOf(stamps: HopStamps, connect: ConnectTimes): Partial<HttpTimings> {
  const { startedAt, connectedAt, headersAt, endedAt } = stamps
  const { connecting, tlsHandshaking } = connect
  const phases: { -readonly [Phase in keyof HttpTimings]?: Millis } = {}
  if (connecting !== undefined) phases.connecting = connecting
  if (tlsHandshaking !== undefined) phases.tls_handshaking = tlsHandshaking
  if (connectedAt === undefined) return phases
  const answeredAt = headersAt ?? endedAt
  // A server may answer before it has read everything.
  const sentAt = Math.min(stamps.sentAt ?? answeredAt, answeredAt)
  phases.blocked = connectedAt - startedAt
  phases.sending = sentAt - connectedAt
  phases.waiting = answeredAt - sentAt
  if (headersAt !== undefined) phases.receiving = endedAt - headersAt
  phases.duration = endedAt - connectedAt
  return phases
}

/** Phases as a script sees them. */
export function timingsOf(phases: Partial<HttpTimings>): HttpTimings {
  return {
    blocked: 0,
    connecting: 0,
    tls_handshaking: 0,
    sending: 0,
    waiting: 0,
    receiving: 0,
    duration: 0,
    ...phases,
  }
}
