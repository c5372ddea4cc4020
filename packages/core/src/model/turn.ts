import { performance } from 'node:perf_hooks'

const timing = performance.nodeTiming

/**
 * Number of the event loop's present turn. All that one read of a socket brought is delivered within
 * one turn, and a socket is read once a turn, so two events of a socket with the same number came in
 * the same read, however TLS and HTTP had cut them.
 */
export function loopTurn(): number {
  return timing.uvMetricsInfo.loopCount
}
