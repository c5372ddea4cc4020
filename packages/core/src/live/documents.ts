import type { Reporter, ReportInput } from '../model/summary.ts'

/**
 * Makes the documents of a run. A reporter that fails is told and stops nothing.
 * @param write puts a file into the run's folder; @returns whether it is there.
 * @param tell given what failed, a line.
 * @returns the names of those that were written.
 */
export async function makeDocuments(
  reporters: readonly Reporter[],
  input: () => ReportInput,
  write: (name: string, text: string) => Promise<boolean>,
  tell: (problem: string) => void,
): Promise<string[]> {
  const written: string[] = []
  for (const reporter of reporters) {
    const { name, fileName } = reporter
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other keeps memory low
      if (await write(fileName, await reporter.render(input()))) written.push(fileName)
    } catch (error) {
      tell(`the report of ${name} failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return written
}
