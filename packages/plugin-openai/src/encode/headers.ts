import type { Call } from 'loadbench/plugin'
import type { Headers, Host } from '../host.ts'

/**
 * What a request carries; core lays the headers of the client and the call over it. Nothing compressed is
 * asked for: a server that compresses without flushing holds tokens back, and the time to first token would
 * be that of its buffer.
 */
export function requestHeaders(call: Call, host: Host): Headers {
  return {
    'content-type': 'application/json',
    accept: isStreamed(call) ? 'text/event-stream' : 'application/json',
    'accept-encoding': 'identity',
    ...host.headers,
  }
}

/** Whether a call asks for a stream. */
export function isStreamed(call: Call): boolean {
  return call.kind !== 'embedding' && call.stream !== false
}
