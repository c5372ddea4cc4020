import type { Reporter, ReportInput } from '../model/summary.ts'
import type { Collector } from './collector.ts'

/** What of a reporter's input is worked out from all that was recorded. */
type Worked = Pick<ReportInput, 'timeline' | 'distributions'>

/**
 * Makes the documents of a run. A reporter that fails is told and stops nothing.
 * @param collector asked once for all reporters, where there are any: of a long run that takes seconds.
 * @param input the rest, asked for anew by each: what could not be written before is in its summary.
 * @param write puts a file into the run's folder; @returns whether it is there.
 * @param tell given what failed, a line.
 * @returns the names of those that were written.
 */
export async function makeDocuments(
  reporters: readonly Reporter[],
  collector: Pick<Collector, keyof Worked>,
  input: () => Omit<ReportInput, keyof Worked>,
  write: (name: string, text: string) => Promise<boolean>,
  tell: (problem: string) => void,
): Promise<string[]> {
  const written: string[] = []
  let worked: Worked | undefined
  for (const reporter of reporters) {
    const { name, fileName } = reporter
    try {
      worked ??= { timeline: collector.timeline(), distributions: collector.distributions() }
      // oxlint-disable-next-line no-await-in-loop -- one after the other keeps memory low
      const text = await reporter.render({ ...input(), ...worked })
      // oxlint-disable-next-line no-await-in-loop -- and so does writing it before the next is made
      if (await write(fileName, text)) written.push(fileName)
    } catch (error) {
      tell(`the report of ${name} failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return written
}
