import { setFlagsFromString } from 'node:v8'

/** The V8 of Node 20. Later ones have a compiler between its interpreter and its last one. */
const WITH_TWO_STEPS = 11

/**
 * Flags for all threads of the process, to be set before workers start:
 *
 * - Each thread collects its young garbage alone, and does not wait for helpers that have just given way to it.
 * - What is run often is compiled after half the work that V8 waits for by default, which is a good part of a run of a
 *   minute.
 * - And with less of what it calls built in, in over a quarter less time, for a thread that compiles holds workers up.
 *
 * What they bring stands in docs/performance.md and docs/decisions/0007-reads-before-work.md.
 */
export function setFlagsForWorkers(): void {
  setFlagsFromString('--no-parallel-scavenge')
  if (Number.parseInt(process.versions.v8) !== WITH_TWO_STEPS) return
  setFlagsFromString('--interrupt-budget=30000')
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200')
}
