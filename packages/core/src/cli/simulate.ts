import type { Argv, CommandModule, Options } from 'yargs'
import type { Settings } from '@loadbench/simulator'
import { listening, simulatorInvalid } from './simulator-problems.ts'

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
  const { describeProblems, serveSimulator, settingsFromFlags } = await import('@loadbench/simulator')
  const result = settingsFromFlags(flags['config'] === undefined ? { port: 8000, ...flags } : flags)
  if ('problems' in result) {
    throw simulatorInvalid("the simulator's settings are wrong", result.problems, describeProblems)
  }
  const simulator = await listening(() => serveSimulator(result.settings))
  process.stdout.write(`\n  the simulator listens at ${simulator.url}\n`)
  process.stdout.write(`  try it: loadbench run script.ts --target ${simulator.url}\n\n`)
  process.stdout.write(awsKeysText(result.settings, flags['speaks'] !== undefined))
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await simulator.stop()
}

/**
 * Whoever speaks AWS verifies signatures, and so does the simulator: which keys it takes. Nothing where AWS is
 * only one of all it speaks. @param chosen somebody has said what it is to speak.
 */
function awsKeysText({ speaks, awsKeys = {} }: Settings, chosen: boolean): string {
  const aws = speaks.some((name) => name === 'bedrock' || name === 'sagemaker')
  const ids = Object.keys(awsKeys)
  if (!aws || (!chosen && ids.length === 0)) return ''
  const further = ids.length === 0 ? '--aws-key ID=SECRET adds others' : `and by ${ids.join(', ')}`
  return `  it takes requests signed by its own key, ${further}:
    export AWS_ACCESS_KEY_ID=SIMULATORACCESSKEY
    export AWS_SECRET_ACCESS_KEY=simulator-secret AWS_REGION=us-east-1

`
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
