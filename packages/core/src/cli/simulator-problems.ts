import type { describeProblems, Problem } from '@loadbench/simulator'
import { didYouMean } from '../plan/nearest.ts'
import { LoadbenchError } from '../model/errors.ts'

/**
 * LB_SIMULATOR_INVALID with a line for each problem.
 * @param what `the settings of --simulate are wrong`.
 * @param describe the simulator's, whom only those load who need it.
 */
export function simulatorInvalid(
  what: string,
  problems: readonly Problem[],
  describe: typeof describeProblems,
): LoadbenchError {
  const lines = describe(problems, didYouMean).map((line) => `  ${line}`)
  return new LoadbenchError(
    'LB_SIMULATOR_INVALID',
    [what, '', ...lines].join('\n'),
    'See loadbench simulate --help for what there is.',
  )
}

/** Starts a simulator. @throws LB_SIMULATOR_INVALID where it cannot listen. */
export async function listening<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    throw new LoadbenchError(
      'LB_SIMULATOR_INVALID',
      `the simulator cannot listen: ${error instanceof Error ? error.message : String(error)}`,
      'Choose another port (0 takes any that is free) or host.',
    )
  }
}
