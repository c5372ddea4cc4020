import type { Argv, CommandModule, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'

type SimulateFlags = Readonly<Record<string, unknown>>

/** Flags of `simulate` alone, as the simulator names them. */
export async function simulateFlags(): Promise<Record<string, Options>> {
  const { SIMULATOR_FLAGS } = await import('@loadbench/simulator')
  return Object.fromEntries(
    Object.entries(SIMULATOR_FLAGS).map(([name, { type, description, choices }]) => [
      name,
      {
        describe: description,
        ...(type === 'array' ? { type: 'string', array: true } : { type }),
        ...(choices === undefined ? {} : { choices }),
      } satisfies Options,
    ]),
  )
}

async function handler(flags: SimulateFlags): Promise<void> {
  const { describeProblem, serveSimulator, settingsFromFlags } = await import('@loadbench/simulator')
  const result = settingsFromFlags(flags['config'] === undefined ? { port: 8000, ...flags } : flags)
  if ('problems' in result) {
    throw new LoadbenchError(
      'LB_SIMULATOR_INVALID',
      `the simulator's settings are wrong\n\n${result.problems.map((problem) => `  ${describeProblem(problem)}`).join('\n')}`,
      'See loadbench simulate --help for what there is.',
    )
  }
  const simulator = await listen(() => serveSimulator(result.settings))
  process.stdout.write(`\n  the simulator listens at ${simulator.url}\n`)
  process.stdout.write(`  try it: loadbench run script.ts --target ${simulator.url}\n\n`)
  const { speaks } = result.settings
  if (speaks.every((name) => name === 'bedrock' || name === 'sagemaker')) process.stdout.write(AWS_KEYS)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await simulator.stop()
}

/** Whoever speaks AWS verifies signatures, and so does the simulator. */
const AWS_KEYS = `  with the key it knows:
    export AWS_ACCESS_KEY_ID=SIMULATORACCESSKEY AWS_SECRET_ACCESS_KEY=simulator-secret AWS_REGION=us-east-1

`

async function listen<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    throw new LoadbenchError(
      'LB_SIMULATOR_INVALID',
      `the simulator cannot listen: ${error instanceof Error ? error.message : String(error)}`,
      'Choose another --port (0 takes any that is free) or --host.',
    )
  }
}

/** `loadbench simulate` */
export const simulateCommand: CommandModule<object, SimulateFlags> = {
  command: 'simulate',
  describe: 'Serve a fake LLM with exact timing and faults',
  // Only this command needs the simulator's flags, and so the simulator.
  builder: async (program: Argv) =>
    program
      .options(await simulateFlags())
      .example('$0 simulate --port 8000 --ttft lognormal:200,0.3 --itl 20', 'A server of known speed')
      .example('$0 simulate --fault rate-limit=0.05 --fault stall=0.01', 'A server that fails now and then'),
  handler,
}
